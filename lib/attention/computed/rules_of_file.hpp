#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "attention/computed/attend.hpp"
#include "reading/arrays/families.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// Numbers beside the queries of a file that say how the model made attention of them, as the
/// arguments of `scaled_dot_product_attention` and of an `AttentionInterface` are called: `scale`,
/// `softcap`, `sliding_window`, `is_causal`. They may be of anything, so nothing is computed with
/// them unless it is asked for.
/// @returns a note for each kind that says something else than is computed with, and was not asked
/// for: `0.scale is 1 and left out: $scale 1 multiplies by it`
std::vector<std::string> rules_left_out(const Dump& dump, const Family& queries,
                                        const MultiHeadAttention& heads,
                                        const AttendOptions& asked);

/// The number that says that the model is causal (`0.is_causal`); empty where none does.
std::string causal_by_file(const Dump& dump, const Family& queries);

}  // namespace attngraph
