#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attngraph {

/// One piece of an XML document.
struct XmlPiece {
  enum class Kind { begin, end, text, done };
  Kind kind = Kind::done;
  /// Of the element that begins or ends.
  std::string name;
  std::vector<std::pair<std::string, std::string>> attributes;
  /// Characters between tags, entities resolved.
  std::string text;

  /// The value of an attribute; null where it has none of that name.
  const std::string* attribute(std::string_view wanted) const;
};

/// Reads well-formed XML 1.0 in UTF-8, as much of it as graph files use: elements, attributes,
/// text, CDATA, comments, processing instructions (skipped) and the five predefined entities.
/// Document types are refused, and with them every way of an entity to grow or to reach out.
class XmlReader {
 public:
  /// @throws InputError for bytes that are not UTF-8 or not characters of XML
  XmlReader(std::string_view text, const std::string& where);

  /// The next piece, valid until the one after it; `<a/>` begins and ends. `done` at the end.
  /// @throws InputError with the line for what is not well-formed, and for elements nested deeper
  ///   than 64
  const XmlPiece& next();

  /// `g.graphml: line 3`, the line of the current piece.
  std::string place() const;

 private:
  std::string_view text_;
  const std::string& where_;
  std::size_t position_ = 0;
  /// Where the current piece begins.
  std::size_t begin_ = 0;
  XmlPiece piece_;
  std::vector<std::string> open_;
  bool seen_root_ = false;
  bool end_follows_ = false;

  [[noreturn]] void fail(const std::string& problem) const;
  bool accept(std::string_view wanted);
  std::string_view up_to(std::string_view end, const char* what);
  void skip_blanks();
  std::string name();
  void read_begin();
  void read_end();
  void read_text();
  void check_declaration(std::string_view declaration) const;
  std::string resolved(std::string_view raw) const;
  void append_entity(std::string& out, std::string_view entity) const;
};

}  // namespace attngraph
