#pragma once

#include <cstddef>
#include <vector>

#include "graph/edge_arrays.hpp"
#include "graph/layout_name.hpp"

namespace attngraph {

/// Places in the unit square, y growing downwards.
struct Places {
  std::vector<double> x;
  std::vector<double> y;
};

/// The same graph has the same places in every run. Empty for a layout that has none.
/// @param queries how many nodes, the first ones, are queries; for columns
Places places(const EdgeArrays& edges, Layout layout, std::size_t queries = 0);

}  // namespace attngraph
