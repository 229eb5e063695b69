#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "attention/computed/query_rules.hpp"
#include "attention/merging_request.hpp"
#include "core/index_list.hpp"
#include "core/limits.hpp"
#include "reading/request.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// Which attention of a file is meant, how its arrays are to be read, and what is asked about.
struct StackRequest : ReadingRequest {
  IndexList layers;
  IndexList heads;
  std::optional<Fuse> fuse;
  /// Without it what is in matrices must sum to 1, and edge lists are as `normalize_edges` says.
  std::optional<Normalize> normalize;
  Normalize normalize_edges = Normalize::none;
  MergingRequest merging;
  /// What makes attention of a file's queries and keys.
  QueryRules queries;
  /// Bounds the memory of one head.
  Limits limits;
};

/// The layers and heads that are asked for.
/// @throws ArgumentError where there are none
Attention selected_attention(const Attention& whole, const StackRequest& request);

/// What the request asks of attention: its layers and heads, fused, rows divided and tokens put
/// together; causal as it says. Appends to `notes` what that left as it was.
/// @throws ArgumentError, InputError
Attention asked_attention(Attention whole, const StackRequest& request,
                          std::vector<std::string>& notes);

/// The attention of a dump, selected and checked (check_attention); its edge lists where it has
/// those. The dump must live as long as this.
/// @throws LimitError where one head would not fit into memory
Attention stack_from_dump(const Dump& dump, const StackRequest& request,
                          std::vector<std::string>& notes);

}  // namespace attngraph
