#pragma once

#include <cstddef>
#include <optional>

#include "core/limits.hpp"

namespace attngraph {

/// How a file is read.
struct ReadOptions {
  Limits limits;
  /// Which item's labels are taken where a file has labels for each item of a batch.
  std::optional<std::size_t> batch = std::nullopt;
};

}  // namespace attngraph
