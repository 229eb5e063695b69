#include "formats/json_events.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <set>

#include "core/error.hpp"
#include "core/text.hpp"
#include "formats/rules.hpp"

// Recursive descent, one pass, numbers by from_chars: several times as fast as a SAX parser that
// keeps the text of every token, and a dump of attention is nothing but numbers. Requires the
// whole text in memory. O(length); nesting is bounded, so the stack is too.

namespace attngraph {
namespace {

constexpr std::size_t deepest = 64;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool belongs_to_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '+' || c == '-' || c == '.' || c == '_' || byte >= 0x80;
}

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

class Parser {
 public:
  Parser(std::string_view text, const std::string& where, JsonEvents& events)
      : text_(text), where_(where), events_(events) {}

  void read() {
    if (text_.starts_with("\xef\xbb\xbf")) position_ = 3;
    value();
    if (next() != '\0' || position_ < text_.size()) refuse("nothing more");
  }

 private:
  std::string_view text_;
  const std::string& where_;
  JsonEvents& events_;
  std::size_t position_ = 0;
  std::size_t depth_ = 0;

  [[noreturn]] void fail(std::size_t position, const std::string& problem, const char* hint = "") {
    const auto before = text_.substr(0, position);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t begin = before.rfind('\n') == before.npos ? 0 : before.rfind('\n') + 1;
    throw InputError(where_ + ": line " + std::to_string(line) + ", column " +
                         std::to_string(position - begin + 1),
                     problem, hint);
  }

  /// Refuses the word, number or character at the current position.
  [[noreturn]] void refuse(const char* expected) {
    if (position_ >= text_.size()) {
      fail(text_.size(), "the text ends too early, inside a value", cut_off_hint);
    }
    const auto word = std::find_if_not(text_.begin() + position_, text_.end(), belongs_to_word);
    const auto size = static_cast<std::size_t>(word - text_.begin()) - position_;
    const auto token = text_.substr(position_, std::max<std::size_t>(size, 1));
    fail(position_, "found " + in_quotes(token) + ", expected " + expected, word_hint(token));
  }

  char current() const { return position_ < text_.size() ? text_[position_] : '\0'; }

  /// The next character that is not blank, which it moves to; NUL at the end.
  char next() {
    while (position_ < text_.size() && (text_[position_] == ' ' || text_[position_] == '\n' ||
                                        text_[position_] == '\r' || text_[position_] == '\t')) {
      ++position_;
    }
    return current();
  }

  void value() {
    switch (const char c = next()) {
      case '[':
        return list();
      case '{':
        return object();
      case '"':
        return events_.text(string());
      case 't':
        return word("true");
      case 'f':
        return word("false");
      case 'n':
        return word("null");
      default:
        if (c != '-' && !is_digit(c)) refuse("a value");
        number();
    }
  }

  void enter() {
    ++position_;
    if (++depth_ > deepest) {
      throw InputError(where_, "lists and objects are nested deeper than 64");
    }
  }

  /// Moves behind `end` or a comma; true for the comma.
  bool goes_on(char end, const char* expected) {
    const char c = next();
    if (c != ',' && c != end) refuse(expected);
    ++position_;
    return c == ',';
  }

  void list() {
    enter();
    events_.begin_list();
    if (next() == ']') {
      ++position_;
    } else {
      do value();
      while (goes_on(']', "',' or ']'"));
    }
    --depth_;
    events_.end_list();
  }

  void object() {
    enter();
    events_.begin_object();
    std::set<std::string> keys;
    if (next() == '}') {
      ++position_;
    } else {
      do member(keys);
      while (goes_on('}', "',' or '}'"));
    }
    --depth_;
    events_.end_object();
  }

  void member(std::set<std::string>& keys) {
    if (next() != '"') refuse("a key in quotes");
    std::string name = string();
    if (!keys.insert(name).second) {
      throw InputError(where_, "the key " + in_quotes(name) + " occurs twice in an object");
    }
    if (next() != ':') refuse("':'");
    ++position_;
    events_.key(std::move(name));
    value();
  }

  void word(std::string_view word) {
    const auto rest = text_.substr(position_);
    const bool goes_beyond = rest.size() > word.size() && belongs_to_word(rest[word.size()]);
    if (rest.size() < word.size() && word.starts_with(rest)) position_ = text_.size();
    if (!rest.starts_with(word) || goes_beyond) refuse("a value");
    position_ += word.size();
    events_.word(word);
  }

  void digits() {
    if (!is_digit(current())) fail_number();
    while (is_digit(current())) ++position_;
  }

  [[noreturn]] void fail_number() {
    while (position_ > 0 && position_ < text_.size() && belongs_to_word(text_[position_ - 1])) {
      --position_;
    }
    refuse("a number");
  }

  void number() {
    const std::size_t begin = position_;
    if (current() == '-') ++position_;
    const bool zero = current() == '0';
    const std::size_t first = position_;
    digits();
    if (zero && position_ > first + 1) fail_number();
    if (current() == '.') {
      ++position_;
      digits();
    }
    if (current() == 'e' || current() == 'E') {
      ++position_;
      if (current() == '+' || current() == '-') ++position_;
      digits();
    }
    if (belongs_to_word(current())) fail_number();
    const std::string_view token = text_.substr(begin, position_ - begin);
    const auto exact = parsed<double>(token);
    events_.number(exact ? *exact : number_beyond_range(token, begin));
  }

  /// from_chars does not tell numbers too large for a float64 from those too small, which are 0.
  double number_beyond_range(std::string_view token, std::size_t begin) {
    const auto wide = parsed<long double>(token);
    const std::size_t exponent = std::min(token.find_first_of("eE"), token.size() - 1);
    const bool vanishes =
        wide ? *wide > -1 && *wide < 1 : token.substr(exponent + 1).starts_with('-');
    if (vanishes) return token.starts_with('-') ? -0.0 : 0.0;
    fail(begin, "the number " + in_quotes(token) + " is larger than a float64 can be");
  }

  std::string string() {
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
  std::size_t special_character() const {
    const auto found = std::find_if(text_.begin() + position_, text_.end(), [](char c) {
      return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
    });
    return static_cast<std::size_t>(found - text_.begin());
  }

  void escape(std::string& out) {
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
  std::uint32_t code_unit(std::size_t begin) {
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
};

}  // namespace

void send_json(std::string_view text, const std::string& where, JsonEvents& events) {
  Parser(text, where, events).read();
}

}  // namespace attngraph
