#pragma once

#include <vector>

#include "writers/pictures/graph/scene.hpp"

namespace attngraph {

/// The numbers of edges, heavy edges first, each at a place on its line where no other number, no
/// label and no node is, and the fewest other lines pass; those that have none are left out, and
/// light ones among many lines.
std::vector<Label> edge_numbers(const Scene& scene);

}  // namespace attngraph
