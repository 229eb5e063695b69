#include "formats/json/json.hpp"

#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "core/natural_order.hpp"
#include "core/stop.hpp"
#include "formats/json/json_events.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_dimensions = 8;

/// Nested lists of numbers on their way to a tensor; holds every list against the first of its
/// depth.
class NestedLists {
 public:
  /// `used`: bytes that the tensors before take.
  NestedLists(std::string where, const Limits& limits, std::size_t used)
      : where_(std::move(where)), limits_(&limits), used_(used) {}

  bool open() const { return !counts_.empty(); }

  void begin() {
    if (open()) {
      if (counts_.size() == number_depth_) refuse_item("a list", "a number");
      ++counts_.back();
    }
    if (counts_.size() == most_dimensions) {
      throw InputError(where_, "lists nested deeper than 8, expected at most 8 dimensions");
    }
    counts_.push_back(0);
    if (shape_.size() < counts_.size()) shape_.push_back(0);
  }

  void number(double value) {
    if (number_depth_ == 0) number_depth_ = counts_.size();
    if (counts_.size() != number_depth_) refuse_item("a number", "a list");
    ++counts_.back();
    if (values_.size() == values_.capacity()) grow();
    values_.push_back(value);
  }

  void end() {
    const std::size_t count = counts_.back();
    std::size_t& length = shape_[counts_.size() - 1];
    counts_.pop_back();
    const bool row = number_depth_ == counts_.size() + 1;
    if (count == 0) throw InputError(list_place(true), "is empty, expected numbers");
    if (length == 0) length = count;
    if (length == count) return;
    throw InputError(list_place(row),
                     counted(count, row ? "number" : "list") + ", expected " +
                         std::to_string(length) + " as in the first",
                     "all rows must be of one length; pad them before saving");
  }

  /// Refuses what is neither a list nor a number.
  [[noreturn]] void refuse(const std::string& found) {
    refuse_item(found, number_depth_ > counts_.size() ? "a list" : "a number");
  }

  Tensor tensor() { return Tensor::from(std::move(values_), shape_); }

 private:
  std::string where_;
  const Limits* limits_;
  std::size_t used_;
  std::vector<double> values_;
  Shape shape_;
  /// Items so far in each open list.
  std::vector<std::size_t> counts_;
  /// Open lists around a number; 0 until the first one.
  std::size_t number_depth_ = 0;

  void grow() {
    const std::size_t capacity = std::max<std::size_t>(1024, 2 * values_.capacity());
    require_memory(used_ + (capacity + values_.size()) * sizeof(double), *limits_, where_);
    values_.reserve(capacity);
  }

  /// `[2][5]`: the item that the innermost open list is at. The lists around it were counted when
  /// they began; whether the item itself was already is for the caller to say.
  std::string indices(bool item_counted) const {
    std::string text;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      const bool is_counted = item_counted || i + 1 < counts_.size();
      text += "[" + std::to_string(counts_[i] - (is_counted ? 1 : 0)) + "]";
    }
    return text;
  }

  /// The place of the list that just ended.
  std::string list_place(bool row) const {
    return counts_.empty() ? where_ : where_ + (row ? ": row " : ": list ") + indices(true);
  }

  [[noreturn]] void refuse_item(const std::string& found, const std::string& expected) {
    throw InputError(where_ + ": " + indices(false), "is " + found + ", expected " + expected,
                     found == "null" ? fused_hint : "");
  }
};

/// The whole document: lists alone, or an object of them.
class DocumentReader : public JsonEvents {
 public:
  DocumentReader(Dump& dump, const Limits& limits)
      : dump_(dump), limits_(limits), lists_(dump.source, limits, 0) {}

  void begin_list() override {
    if (in_tokens_) refuse_token("a list");
    if (key_ == "tokens" && !lists_.open()) {
      in_tokens_ = true;
      return;
    }
    lists_.begin();
  }

  void end_list() override {
    check_stop();
    if (in_tokens_) {
      in_tokens_ = false;
      return;
    }
    lists_.end();
    if (lists_.open()) return;
    dump_.tensors.push_back({key_, lists_.tensor()});
    used_ += dump_.tensors.back().tensor.size() * sizeof(double);
  }

  void begin_object() override {
    if (in_tokens_) refuse_token("an object");
    if (lists_.open()) lists_.refuse("an object");
    if (in_object_) throw InputError(place(), "is an object, expected nested lists of numbers");
    in_object_ = true;
  }

  void key(std::string name) override {
    key_ = std::move(name);
    lists_ = NestedLists(place(), limits_, used_);
  }

  void end_object() override {}

  void number(double value) override {
    if (in_tokens_) refuse_token("a number");
    if (lists_.open()) return lists_.number(value);
    leave_out("a number");
  }

  void text(std::string value) override {
    if (in_tokens_) {
      require_label(value, limits_, token_place());
      require_memory(used_ + (dump_.tokens.size() + 1) * sizeof(std::string), limits_, place());
      dump_.tokens.push_back(std::move(value));
      return;
    }
    if (lists_.open()) lists_.refuse("a string");
    leave_out("a string");
  }

  void word(std::string_view word) override {
    if (in_tokens_) refuse_token(std::string(word));
    if (lists_.open()) lists_.refuse(std::string(word));
    if (word == "null" && key_ != "tokens") {
      throw InputError(place(), "is null, expected nested lists of numbers", fused_hint);
    }
    leave_out(std::string(word));
  }

 private:
  Dump& dump_;
  const Limits& limits_;
  NestedLists lists_;
  std::size_t used_ = 0;
  std::string key_;
  bool in_object_ = false;
  bool in_tokens_ = false;

  std::string place() const { return in_object_ ? dump_.source + ": " + key_ : dump_.source; }

  std::string token_place() const {
    return place() + ": [" + std::to_string(dump_.tokens.size()) + "]";
  }

  [[noreturn]] void refuse_token(const std::string& found) {
    throw InputError(token_place(), "is " + found + ", expected a string");
  }

  void leave_out(const std::string& what) {
    dump_.notes.push_back(in_quotes(key_) + " is " + what + ", left out");
  }
};

}  // namespace

Dump read_json(const Bytes& bytes, const std::string& source, const Limits& limits) {
  Dump dump;
  dump.source = source;
  dump.format = "JSON";
  DocumentReader reader(dump, limits);
  send_json(text_of(bytes.data), source, reader);
  if (dump.tensors.empty()) {
    throw InputError(
        source, "holds no nested lists of numbers",
        "give a matrix [[...]], or an object with \"attention\", or with \"query\" and "
        "\"key\"");
  }
  std::sort(dump.tensors.begin(), dump.tensors.end(),
            [](const auto& a, const auto& b) { return natural_less(a.name, b.name); });
  return dump;
}

}  // namespace attngraph
