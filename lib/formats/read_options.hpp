#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "core/limits.hpp"
#include "formats/edges/edge_options.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// How a file is read.
struct ReadOptions {
  Limits limits;
  /// Which item's labels are taken where a file has labels for each item of a batch.
  std::optional<std::size_t> batch = std::nullopt;
  /// The member that holds the labels; empty for `tokens` and other usual names.
  std::string labels = {};
  /// For what holds edges.
  EdgeOptions edges = {};
  /// What the file itself takes of `limits.memory`: text that was unpacked, or came through a pipe.
  std::size_t held = 0;
  /// What integers of its size will be read as (`dtype`).
  std::optional<Dtype> dtype = std::nullopt;
  /// The file that is read for its labels alone; empty where they stand beside arrays.
  std::string labels_file = {};
};

}  // namespace attngraph
