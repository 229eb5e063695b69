#pragma once

#include <vector>

#include "attention/attention_stack.hpp"
#include "report/sink.hpp"

namespace attngraph {

/// The columns `layer` and `head`; a fused head has a name in place of an index.
inline std::vector<Column> head_columns(const AttentionStack& stack) {
  return {{"layer", ColumnType::integer},
          {"head", stack.fused() ? ColumnType::text : ColumnType::integer}};
}

/// [layers, heads, queries, columns]; the axes of a single layer and of a single head are left out,
/// as in the file of a single matrix.
inline std::vector<std::size_t> head_series_shape(const AttentionStack& stack,
                                                  std::size_t columns) {
  std::vector<std::size_t> shape;
  if (stack.layers() > 1) shape.push_back(stack.layers());
  if (stack.layers() > 1 || stack.heads() > 1) shape.push_back(stack.heads());
  shape.insert(shape.end(), {stack.queries(), columns});
  return shape;
}

/// The values of those columns for one matrix.
inline MatrixPlace head_place(std::int64_t layer, const HeadLabel& head) {
  MatrixPlace place;
  place.emplace_back(layer);
  place.push_back(head);
  return place;
}

}  // namespace attngraph
