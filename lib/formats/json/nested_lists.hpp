#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/limits.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// Nested lists of numbers on their way to a tensor; holds every list against the first of its
/// depth. Items of the outermost list that have three axes or more may differ: they are arrays of
/// their own then. What breaks a rule first is the problem; what comes after it is not looked at.
class NestedLists {
 public:
  /// @param used bytes that were taken before
  /// @param room what numbers of lists before were in; that of many small lists is used again
  NestedLists(std::string where, const Limits& limits, std::size_t used,
              std::vector<double> room = {})
      : where_(std::move(where)), limits_(&limits), used_(used), values_(std::move(room)) {
    values_.clear();
  }

  void begin();
  void end();
  /// Takes something that is neither a list nor a number: `a string`, `null`.
  void other(const std::string& found);

  void number(double value) {
    if (problem_) return;
    if (number_depth_ != counts_.size()) {
      if (number_depth_ != 0) return refuse_item("a number", "a list");
      number_depth_ = counts_.size();
    }
    ++counts_.back();
    if (values_.size() == values_.capacity()) grow();
    values_.push_back(value);
  }

  /// Makes room at once, where the limit allows that, for all numbers of a text that begins with
  /// the lists, if they are as long as those of its first row.
  void expect(std::string_view text);

  const std::optional<InputError>& problem() const { return problem_; }
  /// The one array, or those of a list. @throws LimitError where these take too much memory
  std::vector<Tensor> tensors();
  /// For the numbers of the next lists. These lists are over.
  std::vector<double> room() { return std::move(values_); }

 private:
  std::string where_;
  const Limits* limits_;
  std::size_t used_;
  std::vector<double> values_;
  Shape shape_;
  /// Of the items of the outermost list that ended, without the last: their shapes.
  std::vector<Shape> items_;
  /// Items so far in each open list.
  std::vector<std::size_t> counts_;
  /// Open lists around a number; 0 until the first one.
  std::size_t number_depth_ = 0;
  std::optional<InputError> problem_;

  void grow();
  Tensor whole();
  void begin_item();
  std::string indices(bool item_counted) const;
  std::string list_place(bool row) const;
  void refuse_item(const std::string& found, const std::string& expected);
};

}  // namespace attngraph
