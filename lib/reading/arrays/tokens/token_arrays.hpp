#pragma once

#include <string>
#include <vector>

#include "reading/arrays/tokens/token_families.hpp"
#include "reading/request.hpp"
#include "tensor/dump.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// What the axes of queries, keys and values are taken for: 2 [token, width]; 3 [head, token,
/// width], or [batch, token, width] where heads lie side by side in the width; 4 [layer, head,
/// token, width]. Nothing for another rank.
enum class HeadAxis { own, in_width };

/// No head of a known model is wider: such a width holds several.
inline constexpr std::size_t widest_head = 256;
Axes default_token_axes(std::size_t rank, HeadAxis heads);

/// The axes of an array whose name says that tokens stand before heads (`hook_q`): [batch, token,
/// head, width]; or that it is one layer (`blocks.0.attn.q`): [batch, head, token, width]; nothing
/// where the name says nothing.
Axes token_axes_of_name(const std::string& name, std::size_t rank);

/// The view with its axes in the order [batch, layer, head, token, width], those that are there.
/// @throws ArgumentError where there are not as many
Tensor in_token_order(const Tensor& array, const Axes& axes, const std::string& place);

/// The axes of what token_arrays gives.
Axes read_axes(const ReadingRequest& request);

/// Queries and keys of a file that holds no attention, values where it has them: [layer, head,
/// token, width], or [layer, token, width] where heads lie side by side in the width; one array
/// for all layers or one for each, a batch chosen from.
/// Queries are empty where a file holds keys alone.
struct TokenArrays {
  Tensor query, key, value;
  /// What the axes of each array of queries were taken for.
  Axes axes;
  /// Nobody said them, neither the request nor a name; a cache has heads first.
  bool guessed_axes = false;
  /// Items of the batch that one was chosen from.
  std::size_t batches = 1;
  /// What was assumed of their names.
  std::vector<std::string> notes;
};

/// By their names.
/// @throws InputError where arrays do not fit together, a batch must be chosen from or heads may
/// lie in the width; ArgumentError where they do and the request does not say so
TokenArrays token_arrays(const Dump& dump, const ReadingRequest& request);
TokenArrays token_arrays(const TokenFamilies& families, const Dump& dump,
                         const ReadingRequest& request);

}  // namespace attngraph
