#pragma once

#include <string>
#include <string_view>

namespace attngraph {

/// What a JSON text says, piece by piece. A reader overrides what it expects and refuses the rest;
/// the order is that of the text, and every begin has its end.
class JsonEvents {
 public:
  virtual ~JsonEvents() = default;

  virtual void begin_list() = 0;
  virtual void end_list() = 0;
  virtual void begin_object() = 0;
  virtual void key(std::string name) = 0;
  virtual void end_object() = 0;
  virtual void number(double value) = 0;
  virtual void text(std::string value) = 0;
  /// `word` is `true`, `false` or `null`.
  virtual void word(std::string_view word) = 0;
};

/// Sends a whole JSON text (RFC 8259) to `events`.
/// @throws InputError with line and column for what is not JSON: NaN, numbers beyond float64,
///   bytes that are not UTF-8, text behind the value; for a key that occurs twice in an object;
///   and for nesting deeper than 64
void send_json(std::string_view text, const std::string& where, JsonEvents& events);

}  // namespace attngraph
