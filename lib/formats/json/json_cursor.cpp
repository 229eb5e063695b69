#include "formats/json/json_cursor.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "core/error.hpp"
#include "core/text.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

const char* word_hint(std::string_view token) {
  if (token == "NaN" || token == "nan" || token == "Infinity" || token == "-Infinity") {
    return "JSON has no NaN or infinity; a fully masked row is best written as zeros "
           "(numpy.nan_to_num)";
  }
  if (token == "None" || token == "True" || token == "False" || token == "tensor" ||
      token == "array") {
    return "this is printed Python; write it with json.dump(array.tolist(), file)";
  }
  return "";
}

}  // namespace

bool belongs_to_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '+' || c == '-' || c == '.' || c == '_' || byte >= 0x80;
}

void JsonCursor::fail(std::size_t position, const std::string& problem, const char* hint) const {
  const auto before = text_.substr(0, position);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t begin = before.rfind('\n') == before.npos ? 0 : before.rfind('\n') + 1;
  throw InputError(where_ + ": line " + std::to_string(line) + ", column " +
                       std::to_string(position - begin + 1),
                   problem, hint);
}

void JsonCursor::refuse(const char* expected) const {
  if (position_ >= text_.size()) {
    fail(text_.size(), "the text ends too early, inside a value", cut_off_hint);
  }
  const auto word = std::find_if_not(text_.begin() + position_, text_.end(), belongs_to_word);
  const auto size = static_cast<std::size_t>(word - text_.begin()) - position_;
  const auto token = text_.substr(position_, std::max<std::size_t>(size, 1));
  fail(position_, "found " + in_quotes(token) + ", expected " + expected, word_hint(token));
}

std::string JsonCursor::string() {
  ++position_;
  std::string value;
  while (true) {
    const std::size_t end = special_character();
    const auto plain = text_.substr(position_, end - position_);
    const std::size_t bad = invalid_utf8(plain);
    if (bad != plain.npos) fail(position_ + bad, "a string with a byte that is not UTF-8");
    value += plain;
    position_ = end;
    if (end == text_.size()) refuse("'\"'");
    if (text_[end] == '"') break;
    if (text_[end] != '\\') {
      fail(end, "a string with a control character",
           "JSON wants it written as an escape such as \\n");
    }
    escape(value);
  }
  ++position_;
  return value;
}

/// The next quote, backslash or control character; the end where there is none.
std::size_t JsonCursor::special_character() const {
  const auto found = std::find_if(text_.begin() + position_, text_.end(), [](char c) {
    return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
  });
  return static_cast<std::size_t>(found - text_.begin());
}

void JsonCursor::escape(std::string& out) {
  constexpr std::string_view letters = "\"\\/bfnrt";
  constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
  const std::size_t begin = position_++;
  const std::size_t letter = letters.find(current());
  if (position_ == text_.size()) refuse("an escape");
  if (letter != letters.npos) {
    ++position_;
    out += meanings[letter];
    return;
  }
  if (current() != 'u') fail(begin, "a string with a wrong escape");
  std::uint32_t code = code_unit(begin);
  if (code >= 0xd800 && code <= 0xdbff && text_.substr(position_).starts_with("\\u")) {
    ++position_;
    const std::uint32_t low = code_unit(begin);
    if (low < 0xdc00 || low > 0xdfff) fail(begin, "a string with a wrong escape");
    code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
  }
  if (!is_character(code)) fail(begin, "a string with a wrong escape: half a surrogate pair");
  append_utf8(out, code);
}

/// The four hexadecimal digits behind the `u` at the current position.
std::uint32_t JsonCursor::code_unit(std::size_t begin) {
  const auto text = text_.substr(position_ + 1, 4);
  std::uint32_t code = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), code, 16);
  const bool whole = result.ptr == text.data() + text.size() && !text.empty();
  if (text.size() < 4 && (whole || text.empty())) {
    position_ = text_.size();
    refuse("an escape");
  }
  if (!whole) fail(begin, "a string with a wrong escape");
  position_ += 5;
  return code;
}

}  // namespace attngraph
