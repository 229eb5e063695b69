#include "formats/json/nested_lists.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

#include "formats/rules.hpp"
#include "formats/taken_memory.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_dimensions = 8;
/// Matrices of a list must be alike; stacks of them may be steps of generate() or of several texts.
constexpr std::size_t least_axes_of_items = 3;
/// What the shape of an item takes in a list that grows.
constexpr std::size_t bytes_of_item = 3 * sizeof(Shape) + 64;

std::size_t size_of(const Shape& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

}  // namespace

void NestedLists::begin() {
  if (problem_) return;
  if (!counts_.empty()) {
    if (counts_.size() == number_depth_) return refuse_item("a list", "a number");
    ++counts_.back();
    if (counts_.size() == 1 && counts_.back() > 1) begin_item();
  }
  if (counts_.size() == most_dimensions) {
    problem_.emplace(where_, "lists nested deeper than 8, expected at most 8 dimensions");
    return;
  }
  counts_.push_back(0);
  if (shape_.size() < counts_.size()) shape_.push_back(0);
}

void NestedLists::end() {
  if (problem_) return;
  const std::size_t count = counts_.back();
  std::size_t& length = shape_[counts_.size() - 1];
  counts_.pop_back();
  const bool row = number_depth_ == counts_.size() + 1;
  if (count == 0) {
    problem_.emplace(list_place(true), "is empty, expected numbers");
    return;
  }
  if (length == 0) length = count;
  if (length == count) return;
  problem_.emplace(list_place(row),
                   counted(count, row ? "number" : "list") + ", expected " +
                       std::to_string(length) + " as in the first",
                   "all rows must be of one length; pad them before saving");
}

void NestedLists::other(const std::string& found) {
  if (problem_) return;
  refuse_item(found, number_depth_ > counts_.size() ? "a list" : "a number");
}

void NestedLists::expect(std::string_view text) {
  const auto row = text.substr(0, text.find(']'));
  const auto in_row = static_cast<double>(std::count(row.begin(), row.end(), ',') + 1);
  const double rows = static_cast<double>(text.size()) / static_cast<double>(row.size());
  const auto numbers = static_cast<std::size_t>(in_row * rows);
  if (used_ + numbers * sizeof(double) <= limits_->memory) values_.reserve(numbers);
}

/// Another item of the outermost list: its lists are held against each other alone.
void NestedLists::begin_item() {
  if (number_depth_ < least_axes_of_items + 1) return;
  require_memory(used_ + values_.size() * sizeof(double) + (items_.size() + 1) * bytes_of_item,
                 *limits_, where_);
  items_.emplace_back(shape_.begin() + 1, shape_.end());
  std::fill(shape_.begin() + 1, shape_.end(), 0);
}

std::vector<Tensor> NestedLists::tensors() {
  const Shape last(shape_.begin() + 1, shape_.end());
  const auto is_last = [&](const Shape& item) { return item == last; };
  std::vector<Tensor> all;
  if (std::all_of(items_.begin(), items_.end(), is_last)) {
    all.push_back(whole());
    return all;
  }
  items_.push_back(last);
  require_memory(used_ + 2 * values_.size() * sizeof(double) +
                     items_.size() * (bytes_of_item + bytes_of_array),
                 *limits_, where_);
  auto begin = values_.begin();
  for (const Shape& item : items_) {
    const auto end = begin + static_cast<std::ptrdiff_t>(size_of(item));
    all.push_back(Tensor::from(std::vector<double>(begin, end), item));
    begin = end;
  }
  return all;
}

/// Few numbers are copied out of their room, which may be that of the whole file. Behind many, what
/// is not used of it was never touched.
Tensor NestedLists::whole() {
  constexpr std::size_t many = std::size_t{1} << 17;
  if (values_.size() > std::min(many, values_.capacity() / 2))
    return Tensor::from(std::move(values_), shape_);
  require_memory(used_ + 2 * values_.size() * sizeof(double), *limits_, where_);
  return Tensor::from(std::vector<double>(values_.begin(), values_.end()), shape_);
}

void NestedLists::grow() {
  const std::size_t capacity = std::max<std::size_t>(1024, 2 * values_.capacity());
  require_memory(used_ + (capacity + values_.size()) * sizeof(double), *limits_, where_);
  values_.reserve(capacity);
}

/// `[2][5]`: the item that the innermost open list is at. The lists around it were counted when
/// they began; whether the item itself was already is for the caller to say.
std::string NestedLists::indices(bool item_counted) const {
  std::string text;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    const bool is_counted = item_counted || i + 1 < counts_.size();
    text += "[" + std::to_string(counts_[i] - (is_counted ? 1 : 0)) + "]";
  }
  return text;
}

/// The place of the list that just ended.
std::string NestedLists::list_place(bool row) const {
  return counts_.empty() ? where_ : where_ + (row ? ": row " : ": list ") + indices(true);
}

void NestedLists::refuse_item(const std::string& found, const std::string& expected) {
  problem_.emplace(where_ + ": " + indices(false), "is " + found + ", expected " + expected,
                   found == "null" ? fused_hint : "");
}

}  // namespace attngraph
