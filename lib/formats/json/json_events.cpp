#include "formats/json/json_events.hpp"

#include <algorithm>
#include <set>

#include "core/error.hpp"
#include "formats/json/json_cursor.hpp"
#include "formats/rules.hpp"

// Recursive descent, one pass, numbers by from_chars: several times as fast as a SAX parser that
// keeps the text of every token, and a dump of attention is nothing but numbers. Requires the
// whole text in memory. O(length); nesting is bounded, so the stack is too.

namespace attngraph {
namespace {

constexpr std::size_t deepest = 64;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Parser : private JsonCursor {
 public:
  Parser(std::string_view text, const std::string& where, JsonEvents& events)
      : JsonCursor(text, where), events_(events) {}

  void read() {
    if (text_.starts_with("\xef\xbb\xbf")) position_ = 3;
    value();
    if (next() != '\0' || position_ < text_.size()) refuse("nothing more");
  }

 private:
  JsonEvents& events_;
  std::size_t depth_ = 0;

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
};

}  // namespace

void send_json(std::string_view text, const std::string& where, JsonEvents& events) {
  Parser(text, where, events).read();
}

}  // namespace attngraph
