#include "formats/graphs/json_elements.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>

#include "core/error.hpp"
#include "core/stop.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

using nlohmann::json;

constexpr std::size_t deepest = 64;
/// No node or edge says so much of itself.
constexpr std::size_t most_data = 65536;

const char* word_hint(std::string_view word) {
  if (word == "NaN" || word == "Infinity" || word == "-Infinity") {
    return "JSON has no NaN or infinity; leave the edge or its weight out";
  }
  if (word == "None" || word == "True" || word == "False") {
    return "this is printed Python; write it with json.dump";
  }
  return "";
}

bool belongs_to_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '-' || c == '.';
}

/// Outermost object, list, element, value of an element, what stands in that.
class Events : public json::json_sax_t {
 public:
  Events(std::string_view text, const std::string& where, std::size_t lines_before,
         JsonListener& listener)
      : text_(text), where_(where), lines_before_(lines_before), listener_(listener) {}

  bool null() override { return value(""); }
  bool boolean(bool flag) override { return value(flag ? "true" : "false"); }
  bool number_integer(std::int64_t number) override { return value(std::to_string(number)); }
  bool number_unsigned(std::uint64_t number) override { return value(std::to_string(number)); }
  bool number_float(double, const std::string& digits) override { return value(digits); }
  bool string(std::string& characters) override { return value(characters); }
  bool binary(json::binary_t&) override { return true; }

  bool key(std::string& name) override {
    if (depth_ == 1) {
      if (!keys_.insert(name).second) refuse("the key " + in_quotes(name) + " occurs twice");
      section_ = name;
    } else if (in_object_ && depth_ == 2) {
      name_ = name;
    } else if (in_element_ && depth_ == 3) {
      if (data_.size() == most_data) {
        throw InputError(element_place(), "more than " + std::to_string(most_data) + " keys",
                         "is it one node or edge? leave out what says nothing of it");
      }
      if (is_known(name)) {
        throw InputError(element_place(), "the key " + in_quotes(name) + " occurs twice");
      }
      name_ = name;
    }
    return true;
  }

  bool start_object(std::size_t) override {
    deeper();
    if (depth_ == 2) {
      in_object_ = true;
      return listener_.object(section_);
    }
    if (depth_ == 4 && in_element_) return listener_.object_of(section_, name_);
    if (depth_ == 3 && in_list_) {
      if (use_ == JsonList::rows) refuse_element("an object", "a list");
      begin_element();
    }
    return true;
  }

  bool end_object() override {
    const std::size_t ended = depth_--;
    if (ended == 1) return listener_.end();
    if (ended == 2) in_object_ = false;
    return ended != 3 || !in_element_ || end_element();
  }

  bool start_array(std::size_t) override {
    deeper();
    if (depth_ == 2) {
      use_ = listener_.list(section_);
      in_list_ = use_ == JsonList::read || use_ == JsonList::rows;
      elements_ = 0;
      return use_ != JsonList::stop;
    }
    if (in_list_ && depth_ == 3) {
      if (use_ == JsonList::read) refuse_element("a list", "an object");
      if (elements_ == 0) require_columns();
      begin_element();
    }
    if (in_element_ && depth_ == 4) list_.clear();
    return !in_object_ || depth_ != 3 || listener_.list_of(section_, name_);
  }

  bool end_array() override {
    const std::size_t ended = depth_--;
    if (ended == 2) in_list_ = false;
    if (ended == 2) use_ = JsonList::skip;
    if (ended == 3 && in_element_ && use_ == JsonList::rows) return end_element();
    if (ended == 4 && in_element_) add("(" + list_ + ")");
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const json::exception&) override {
    const std::size_t at = position == 0 ? 0 : position - 1;
    if (at >= text_.size()) refuse_at(text_.size(), "the text ends too early", cut_off_hint);
    std::size_t begin = at;
    while (begin > 0 && belongs_to_word(text_[begin]) && belongs_to_word(text_[begin - 1])) --begin;
    std::size_t end = begin + 1;
    while (end < text_.size() && belongs_to_word(text_[begin]) && belongs_to_word(text_[end])) {
      ++end;
    }
    const std::string_view word = text_.substr(begin, end - begin);
    refuse_at(begin, in_quotes(word) + " cannot stand here in JSON", word_hint(word));
  }

  /// For the parser a NUL is the end of the text.
  void refuse_nul() const {
    const std::size_t nul = text_.find('\0');
    if (nul != text_.npos) refuse_at(nul, "a NUL character, which JSON forbids", "");
  }

 private:
  std::string_view text_;
  const std::string& where_;
  std::size_t lines_before_;
  JsonListener& listener_;
  std::size_t depth_ = 0;
  bool in_object_ = false;
  JsonList use_ = JsonList::skip;
  bool in_list_ = false;
  bool in_element_ = false;
  std::size_t elements_ = 0;
  std::set<std::string> keys_;
  std::string section_;
  std::string name_;
  std::string list_;
  /// Of rows, which have them in this order.
  std::vector<std::string> columns_;
  std::vector<EdgeDatum> data_;
  /// Those of an element that has many, where looking through all of them takes too long.
  std::set<std::string, std::less<>> many_names_;

  bool is_known(const std::string& name) {
    constexpr std::size_t few = 32;
    if (data_.size() <= few) {
      return std::any_of(data_.begin(), data_.end(),
                         [&](const EdgeDatum& datum) { return datum.name == name; });
    }
    if (many_names_.empty()) {
      for (const EdgeDatum& datum : data_) many_names_.insert(datum.name);
    }
    return !many_names_.insert(name).second;
  }

  std::string element_place() const {
    return where_ + ": " + section_ + " " + std::to_string(elements_);
  }

  /// Of a text of one line it says which one.
  [[noreturn]] void refuse(const std::string& problem) const {
    const bool one_line = text_.find('\n') == text_.npos;
    throw InputError(one_line ? where_ + ": line " + std::to_string(lines_before_ + 1) : where_,
                     problem);
  }

  [[noreturn]] void refuse_element(const char* found, const char* expected) const {
    const bool of_edges = section_ == "links" || section_ == "edges";
    const char* hint =
        of_edges ? "write the list alone: [{\"source\": 0, \"target\": 1, \"weight\": 0.5}]" : "";
    throw InputError(element_place(), std::string(found) + ", expected " + expected, hint);
  }

  void require_columns() const {
    std::set<std::string_view> seen;
    for (const std::string& name : columns_) {
      if (!seen.insert(name).second) refuse("the column " + in_quotes(name) + " occurs twice");
    }
  }

  void begin_element() {
    check_stop();
    in_element_ = true;
    data_.clear();
    many_names_.clear();
  }

  bool end_element() {
    in_element_ = false;
    if (use_ == JsonList::rows && data_.size() != columns_.size()) {
      throw InputError(element_place(), "has " + counted(data_.size(), "value") + ", expected " +
                                            std::to_string(columns_.size()));
    }
    ++elements_;
    return listener_.element(section_, data_);
  }

  void add(const std::string& text) {
    if (use_ != JsonList::rows) return data_.push_back({name_, text});
    const bool named = data_.size() < columns_.size();
    data_.push_back({named ? columns_[data_.size()] : std::string(), text});
  }

  [[noreturn]] void refuse_at(std::size_t position, const std::string& problem,
                              const char* hint) const {
    const auto before = text_.substr(0, position);
    const auto lines = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    const std::size_t begin = before.rfind('\n') + 1;  // 0 where there is none
    throw InputError(where_ + ": line " + std::to_string(lines_before_ + lines + 1) + ", column " +
                         std::to_string(position - begin + 1),
                     problem, hint);
  }

  void deeper() {
    if (++depth_ > deepest) refuse("lists and objects are nested deeper than 64");
  }

  bool value(const std::string& text) {
    if (depth_ == 1) return listener_.value(section_, text);
    if (depth_ == 2 && in_object_) return listener_.member(section_, name_, text);
    if (depth_ == 2 && use_ == JsonList::names) columns_.push_back(text);
    if (depth_ == 2 && in_list_) {
      refuse_element("a plain value", use_ == JsonList::rows ? "a list" : "an object");
    }
    if (!in_element_) return true;
    if (depth_ == 3) add(text);
    if (depth_ == 4) list_ += (list_.empty() ? "" : ", ") + text;
    return true;
  }
};

}  // namespace

void read_json_elements(std::string_view text, const std::string& where, std::size_t lines_before,
                        JsonListener& listener) {
  Events events(text, where, lines_before, listener);
  json::sax_parse(text.begin(), text.end(), &events);
  events.refuse_nul();
}

}  // namespace attngraph
