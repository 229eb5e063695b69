#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/taken_memory.hpp"

namespace attngraph {

/// What makes labels take less memory.
inline constexpr const char* fewer_labels_hint =
    "raise $max-memory, or give the labels of one text alone";

/// The labels of a list as they are read, held against both limits: each by itself, and all
/// together.
class LabelTexts {
 public:
  LabelTexts(const Limits& limits, TakenMemory& taken) : limits_(limits), taken_(taken) {}

  /// @throws InputError for what is no UTF-8
  /// @throws LimitError where it is longer than `limits.label`, or all take too much memory
  void add(std::string_view label, const std::string& place);

  std::size_t size() const { return texts_.size(); }
  const std::vector<std::string>& texts() const { return texts_; }
  std::vector<std::string> taken() { return std::move(texts_); }

 private:
  const Limits& limits_;
  TakenMemory& taken_;
  std::vector<std::string> texts_;
};

}  // namespace attngraph
