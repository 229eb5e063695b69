#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tensor/tensor.hpp"

namespace attngraph {

/// What an axis stands for: of attention, or of queries, keys and values (token, width).
enum class Axis { batch, layer, head, query, key, token, width };

using Axes = std::vector<Axis>;

/// Reads `layer,head,query,key` or `batch,token,head,width` (`axes`).
/// @throws ArgumentError for an unknown, repeated or missing axis: query and key must be there, or
/// token and width
Axes axes_named(std::string_view text);

/// `[layer, head, query, key]`
std::string axes_text(const Axes& axes);

/// `layer,head,query,key`, as `axes` takes them.
std::string axes_option(const Axes& axes);

/// What the axes of an array of this rank are taken for: 2 [query, key]; 3 [head, query, key];
/// 4 [layer, head, query, key], or [batch, head, query, key] where each layer has its own array;
/// 5 [layer, batch, head, query, key].
/// @returns nothing for another rank, or for 5 where each layer has its own array
Axes default_axes(std::size_t rank, bool array_per_layer);

/// Whether they are the axes of queries, keys and values.
bool are_of_tokens(const Axes& axes);

/// The view [batch, layer, head, query, key], with an axis of length 1 for each that is missing.
Tensor with_all_axes(const Tensor& tensor, const Axes& axes);

}  // namespace attngraph
