#pragma once

#include "attention/computed/attend.hpp"
#include "attention/computed/projected_heads.hpp"
#include "reading/arrays/axes.hpp"

namespace attngraph {

/// Queries, keys and values by head, and what their axes were taken for.
struct SplitHeads {
  ProjectedHeads query, key, value;
  /// Of the tensors as they were given.
  Axes axes;
  Leading leading = Leading::none;
  /// Heads have an axis of their own in an answer.
  bool has_head_axis = false;
};

/// Reads the axes of queries, keys and values and checks that they fit together: as many places,
/// the same head width for queries and keys, key heads that divide the query heads (head h of the
/// queries uses key head h / (query heads / key heads)), as many values as keys.
/// @throws ArgumentError where options are missing or contradict, InputError where shapes do
SplitHeads split_heads(const AttendInput& input, const AttendOptions& options);

}  // namespace attngraph
