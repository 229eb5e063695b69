#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/limits.hpp"

namespace attngraph {

/// Takes the pieces of an XML document in their order. Names of elements stand without a prefix
/// where they are of the namespace of the document element, others behind a colon: `y:NodeLabel`.
class XmlListener {
 public:
  /// Name and value of each attribute of an element, valid during the call.
  class Attributes {
   public:
    explicit Attributes(const char* const* pairs) : pairs_(pairs) {}
    /// Null where the element has none of that name.
    const char* find(std::string_view name) const;

   private:
    const char* const* pairs_;
  };

  virtual ~XmlListener() = default;
  virtual void begin(std::string_view name, const Attributes& attributes) = 0;
  virtual void end() = 0;
  /// Characters inside the element, in pieces of any size, entities resolved.
  virtual void text(std::string_view characters) = 0;
};

/// Reads a well-formed XML document by expat. Document types are refused, and with them every way
/// of an entity to grow or to reach out.
class XmlParser {
 public:
  XmlParser(std::string_view text, const std::string& where, const Limits& limits);
  ~XmlParser();
  XmlParser(const XmlParser&) = delete;
  XmlParser& operator=(const XmlParser&) = delete;

  /// Tells `listener` the whole document.
  /// @throws InputError with line and column for what is not well-formed, and for elements nested
  ///   deeper than 64; and what `listener` throws
  /// @throws LimitError where names take far more than the text has
  void parse(XmlListener& listener);

  /// `g.graphml: line 3`, the line of the current piece.
  std::string place() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace attngraph
