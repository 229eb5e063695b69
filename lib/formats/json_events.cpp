#include "formats/json_events.hpp"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "core/error.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::size_t deepest = 64;
constexpr int number_too_large = 406;

bool belongs_to_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '+' || c == '-' || c == '.' || c == '_' || byte >= 0x80;
}

/// Where the word or number begins that the character at `position` is part of.
std::size_t token_begin(std::string_view text, std::size_t position) {
  if (!belongs_to_word(text[position])) return position;
  while (position > 0 && belongs_to_word(text[position - 1])) --position;
  return position;
}

/// The word or number at `begin`, or one character of anything else.
std::string_view token_at(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && belongs_to_word(text[end])) ++end;
  return text.substr(begin, std::max<std::size_t>(end - begin, 1));
}

std::string place(std::string_view text, std::size_t position, const std::string& where) {
  const auto before = text.substr(0, position);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t begin = before.rfind('\n') == before.npos ? 0 : before.rfind('\n') + 1;
  return where + ": line " + std::to_string(line) + ", column " +
         std::to_string(position - begin + 1);
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

/// Between the parser, which knows nothing of depth and repeated keys, and the reader.
class Parser : public nlohmann::json_sax<nlohmann::json> {
 public:
  Parser(std::string_view text, const std::string& where, JsonEvents& events)
      : text_(text), where_(where), events_(events) {}

  bool null() override { return send_word("null"); }
  bool boolean(bool value) override { return send_word(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override {
    return send_number(static_cast<double>(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return send_number(static_cast<double>(value));
  }
  bool number_float(double value, const std::string&) override { return send_number(value); }
  bool string(std::string& value) override {
    events_.text(std::move(value));
    return true;
  }
  bool binary(binary_t&) override { return false; }

  bool start_object(std::size_t) override {
    enter();
    keys_.emplace_back();
    events_.begin_object();
    return true;
  }
  bool key(std::string& name) override {
    if (!keys_.back().insert(name).second) {
      throw InputError(where_, "the key " + in_quotes(name) + " occurs twice in an object");
    }
    events_.key(std::move(name));
    return true;
  }
  bool end_object() override {
    --depth_;
    keys_.pop_back();
    events_.end_object();
    return true;
  }
  bool start_array(std::size_t) override {
    enter();
    events_.begin_list();
    return true;
  }
  bool end_array() override {
    --depth_;
    events_.end_list();
    return true;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    if (position > text_.size()) {
      throw InputError(place(text_, text_.size(), where_),
                       "the text ends too early, inside a value", cut_off_hint);
    }
    // The position counts the characters read, the last of which is wrong.
    const std::size_t last = position - std::min<std::size_t>(position, 1);
    if (std::string_view(error.what()).find("invalid string") != std::string_view::npos) {
      throw InputError(place(text_, last, where_),
                       "a string with a control character, a wrong escape or a byte that is not "
                       "UTF-8");
    }
    const std::size_t begin = token_begin(text_, last);
    const std::string_view token = token_at(text_, begin);
    if (error.id == number_too_large) {
      throw InputError(place(text_, begin, where_),
                       "the number " + in_quotes(token) + " is larger than a float64 can be");
    }
    throw InputError(place(text_, begin, where_),
                     "found " + in_quotes(token) + ", which cannot stand here in JSON",
                     word_hint(token));
  }

 private:
  std::string_view text_;
  const std::string& where_;
  JsonEvents& events_;
  std::size_t depth_ = 0;
  std::vector<std::set<std::string>> keys_;

  bool send_number(double value) {
    events_.number(value);
    return true;
  }
  bool send_word(std::string_view word) {
    events_.word(word);
    return true;
  }
  void enter() {
    if (++depth_ > deepest) {
      throw InputError(where_, "lists and objects are nested deeper than 64");
    }
  }
};

}  // namespace

void send_json(std::string_view text, const std::string& where, JsonEvents& events) {
  Parser parser(text, where, events);
  nlohmann::json::sax_parse(text.data(), text.data() + text.size(), &parser);
}

}  // namespace attngraph
