#pragma once

#include <vector>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/sink.hpp"

namespace attngraph {

/// The columns `layer` and `head`; a fused head has a name in place of an index.
inline Schema head_columns(const Attention& stack) {
  return {columns::layer, columns::head(stack.fused())};
}

/// The leading axes of an array file, [layers, heads]; those of a single layer and of a single
/// head are left out, as in the file of a single matrix.
inline std::vector<std::size_t> head_axes(std::size_t layers, std::size_t heads) {
  if (layers > 1) return {layers, heads};
  if (heads > 1) return {heads};
  return {};
}

/// An array has a place for every head of every layer.
/// @throws InputError where edge lists have not all of them
inline void check_every_head(const Attention& stack) {
  for (std::size_t l = 0; l < stack.layers(); ++l) {
    for (std::size_t h = 0; h < stack.heads(); ++h) {
      if (stack.has(l, h)) continue;
      throw InputError(stack.place(l, h),
                       "has no edges, and this answer is an array of every head of every layer",
                       "choose with $layer and $head those that have edges");
    }
  }
}

/// The values of those columns for one matrix.
inline MatrixPlace head_place(std::int64_t layer, const HeadLabel& head) {
  MatrixPlace place;
  place.emplace_back(layer);
  place.push_back(head);
  return place;
}

}  // namespace attngraph
