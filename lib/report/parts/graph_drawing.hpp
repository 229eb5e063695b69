#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graph/edge_arrays.hpp"
#include "graph/layout.hpp"
#include "report/answer/drawn_graph.hpp"

namespace attngraph {

/// Whose graph is drawn.
struct DrawingPlace {
  std::int64_t layer = 0;
  HeadLabel head = std::int64_t{0};
  /// One for each node; not null.
  const std::vector<std::string>* labels = nullptr;
};

/// The graph with its title, and places for its nodes as the edges that are shown want them.
/// @param shown 1 for every edge that the drawing shows, else 0
DrawnGraph drawn_graph(const DrawingPlace& place, const EdgeArrays& edges,
                       const std::vector<char>& shown, Layout layout);

}  // namespace attngraph
