#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reading/arrays/axes.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// Which arrays of a file are meant, and how they are to be read.
struct ReadingRequest {
  /// Name or glob of the arrays (`tensor`); empty: found by itself.
  std::string tensor;
  /// Meaning of the axes (`axes`); empty: by rank and name.
  Axes axes;
  /// Read the numbers as this type (`dtype bfloat16` for uint16 arrays).
  std::optional<Dtype> dtype;
  /// Which item of a batch.
  std::optional<std::size_t> batch;
  /// Instead of the tokens in the file: labels of the keys, in self-attention of the queries too.
  std::vector<std::string> tokens;
  /// Labels of the queries in cross-attention (`query_tokens`).
  std::vector<std::string> query_tokens;
  /// Queries and keys are of different sequences, as many as they may be (`cross`).
  bool cross = false;
  std::optional<bool> causal;
  /// Heads of queries, keys and values lie side by side in the width (`heads` says how many).
  bool heads_in_width = false;
  /// The question is answered of keys alone, too, where there are no queries.
  bool keys_suffice = false;
};

}  // namespace attngraph
