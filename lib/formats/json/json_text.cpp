#include "formats/json/json_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/stop.hpp"
#include "core/text/text.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr const char* comma_hint =
    "NumPy prints arrays without commas; write it with json.dump(array.tolist(), file)";

const char* word_hint(std::string_view token) {
  if (token == "NaN" || token == "nan" || token == "Infinity" || token == "-Infinity") {
    return "JSON has no NaN or infinity; a fully masked row is best written as zeros "
           "(numpy.nan_to_num)";
  }
  constexpr std::array<std::string_view, 7> python{"None",  "True", "False", "tensor",
                                                   "array", "'",    "..."};
  const bool half_a_number = token.size() > 1 && token.ends_with('.');
  if (half_a_number || std::find(python.begin(), python.end(), token) != python.end()) {
    return "this is printed Python; write it with json.dump(array.tolist(), file)";
  }
  return "";
}

/// Whether a character can be part of a word or number, well-formed or not.
bool belongs_to_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '+' || c == '-' || c == '.' || c == '_' || byte >= 0x80;
}

/// Where the parser stopped, and what it says of it.
struct Stop {
  std::size_t position = 0;
  std::string message;

  bool says(std::string_view words) const { return message.find(words) != message.npos; }
};

/// Looks for the first error only.
class ErrorFinder : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(std::int64_t) override { return true; }
  bool number_unsigned(std::uint64_t) override { return true; }
  bool number_float(double, const std::string&) override { return true; }
  bool string(std::string&) override { return true; }
  bool binary(nlohmann::json::binary_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool key(std::string&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::json::exception& error) override {
    stop = {std::max<std::size_t>(position, 1) - 1, error.what()};
    return false;
  }

  Stop stop;
};

/// The text of one error, from what nlohmann says of the last character that it read.
class Refusal {
 public:
  Refusal(std::string_view text, const std::string& where, Stop stop)
      : text_(text), where_(where), stop_(std::move(stop)) {}

  [[noreturn]] void refuse() const {
    if (stop_.says("ill-formed UTF-8")) {
      fail(std::min(invalid_utf8(text_), stop_.position), "a string with a byte that is not UTF-8");
    }
    if (stop_.position >= text_.size()) {
      fail(text_.size(), "the text ends too early, inside a value", cut_off_hint);
    }
    if (stop_.says("control character")) {
      fail(stop_.position, "a string with a control character",
           "JSON wants it written as an escape such as \\n");
    }
    if (stop_.says("invalid string")) {
      const bool half = stop_.says("surrogate");
      fail(text_.rfind('\\', stop_.position),
           std::string("a string with a wrong escape") + (half ? ": half a surrogate pair" : ""));
    }
    const std::size_t begin = token_begin();
    const auto token = text_.substr(begin, token_size(begin));
    if (stop_.says("out_of_range")) {
      fail(begin, "the number " + in_quotes(token) + " is larger than a float64 can be");
    }
    const char* hint = lacks_comma(token) ? comma_hint : word_hint(token);
    fail(begin, "found " + in_quotes(token) + ", expected " + expected(token), hint);
  }

 private:
  std::string_view text_;
  const std::string& where_;
  Stop stop_;

  [[noreturn]] void fail(std::size_t position, const std::string& problem,
                         const char* hint = "") const {
    const auto before = text_.substr(0, position);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t begin = before.rfind('\n') == before.npos ? 0 : before.rfind('\n') + 1;
    throw InputError(where_ + ": line " + std::to_string(line) + ", column " +
                         std::to_string(position - begin + 1),
                     problem, hint);
  }

  /// Whether a number or list follows another within a list.
  bool lacks_comma(std::string_view token) const {
    return stop_.says("parsing array -") && (token == "[" || nlohmann::json::accept(token));
  }

  /// Where the token begins that was read last.
  std::size_t token_begin() const {
    std::size_t begin = stop_.position;
    if (stop_.says("unexpected string literal")) return string_begin(begin);
    const bool behind_number = begin > 0 && !belongs_to_word(text_[begin]) &&
                               (stop_.says("invalid number") || stop_.says("out_of_range"));
    if (behind_number) --begin;
    if (!belongs_to_word(text_[begin])) return begin;
    while (begin > 0 && belongs_to_word(text_[begin - 1])) --begin;
    return begin;
  }

  /// Where the string begins whose closing quote stands at `end`.
  std::size_t string_begin(std::size_t end) const {
    std::size_t begin = end;
    while (begin > 0) {
      begin = text_.rfind('"', begin - 1);
      if (begin == text_.npos) return end;
      const auto backslashes = text_.substr(0, begin).find_last_not_of('\\');
      const std::size_t count = begin - (backslashes == text_.npos ? 0 : backslashes + 1);
      if (count % 2 == 0) return begin;
    }
    return end;
  }

  std::size_t token_size(std::size_t begin) const {
    const auto end = std::find_if_not(text_.begin() + begin, text_.end(), belongs_to_word);
    return std::max<std::size_t>(static_cast<std::size_t>(end - text_.begin()) - begin, 1);
  }

  const char* expected(std::string_view token) const {
    const bool number = token[0] == '-' || (token[0] >= '0' && token[0] <= '9');
    const bool goes_on = belongs_to_word(token[0]) && !nlohmann::json::accept(token) &&
                         stop_.position > token_begin() && !stop_.says("unexpected string");
    if (stop_.says("expected end of input")) return "nothing more";
    if (stop_.says("parsing object key")) return "a key in quotes";
    if (number && !nlohmann::json::accept(token)) return "a number";
    if (goes_on) return "a value";
    if (stop_.says("parsing object separator")) return "':'";
    if (stop_.says("parsing array -")) return "',' or ']'";
    if (stop_.says("parsing object -")) return "',' or '}'";
    return "a value";
  }
};

/// Builds the value and refuses repeated keys and deep nesting. nlohmann's own parser with a
/// callback looks through a whole list or object each time that something in it ends.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  using Json = nlohmann::json;

  explicit Builder(const std::string& where) : where_(where) {}

  Json value;

  bool null() override { return put(nullptr); }
  bool boolean(bool truth) override { return put(truth); }
  bool number_integer(std::int64_t number) override { return put(number); }
  bool number_unsigned(std::uint64_t number) override { return put(number); }
  bool number_float(double number, const std::string&) override { return put(number); }
  bool string(std::string& text) override { return put(std::move(text)); }
  bool binary(Json::binary_t&) override { return false; }  // JSON has none
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(std::string& name) override {
    auto& members = open_.back()->get_ref<Json::object_t&>();
    const auto [member, is_new] = members.try_emplace(name);
    require_new_key(is_new, name, where_);
    member_ = &member->second;
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const Json::exception&) override {
    return false;
  }

 private:
  const std::string& where_;
  /// Lists and objects that have not ended: nothing is added beside one that is open.
  std::vector<Json*> open_;
  Json* member_ = nullptr;

  Json& place(Json&& found) {
    if (open_.empty()) return value = std::move(found);
    if (!open_.back()->is_array()) return *member_ = std::move(found);
    auto& list = open_.back()->get_ref<Json::array_t&>();
    return list.emplace_back(std::move(found));
  }
  bool put(Json&& found) {
    place(std::move(found));
    return true;
  }
  bool open(Json&& found) {
    check_stop();
    require_depth(open_.size() + 1, where_);
    open_.push_back(&place(std::move(found)));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }
};

}  // namespace

nlohmann::json json_text(std::string_view text, const std::string& where, const Limits& limits) {
  require_memory(text.size() * json_bytes_per_character, limits, where);
  if (text.find('\0') != text.npos) refuse_json(text, where, "is no JSON");
  Builder builder(where);
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) {
    refuse_json(text, where, "is no JSON");
  }
  return std::move(builder.value);
}

std::string json_kind(const nlohmann::json& value) {
  if (value.is_string()) return "a string";
  if (value.is_number()) return "a number";
  if (value.is_array()) return "a list";
  if (value.is_object()) return "an object";
  return value.dump();  // true, false, null
}

void refuse_json(std::string_view text, const std::string& where, const std::string& otherwise) {
  const std::size_t nul = std::min(text.find('\0'), text.size());  // nlohmann takes it for the end
  const auto before = text.substr(0, nul);
  ErrorFinder finder;
  const bool is_json = nlohmann::json::sax_parse(before.begin(), before.end(), &finder);
  if (is_json && nul == text.size()) throw InputError(where, otherwise);
  if (is_json || (nul < text.size() && finder.stop.position >= nul)) {
    finder.stop = {nul, "expected end of input"};  // as nlohmann says it
  }
  Refusal(text, where, std::move(finder.stop)).refuse();
}

char first_in_list(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n", 1);
  return first == text.npos ? '\0' : text[first];
}

bool begins_with_text(std::string_view text) {
  const auto first = text.find_first_not_of("[ \t\r\n");
  return first != text.npos && text[first] == '"';
}

void require_new_key(bool is_new, std::string_view key, const std::string& where) {
  if (is_new) return;
  throw InputError(where, "the key " + in_quotes(key) + " occurs twice in an object");
}

void require_depth(std::size_t depth, const std::string& where) {
  if (depth <= deepest_json) return;
  throw InputError(where, "lists and objects are nested deeper than 64");
}

}  // namespace attngraph
