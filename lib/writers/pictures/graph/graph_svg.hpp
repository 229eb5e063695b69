#pragma once

#include <cstddef>
#include <string>

namespace attngraph {

struct Drawing;

/// The drawing as an SVG file, with its title, what is shown of how much, and a legend.
/// @param source what the graph is of, the name of a file; empty where that has none
/// @param width CSS pixels across; 0 for what suits it
std::string graph_svg(const Drawing& graph, const std::string& source, std::size_t width);

}  // namespace attngraph
