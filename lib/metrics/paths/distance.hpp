#pragma once

#include <cstddef>
#include <string_view>

#include "graph/edge_arrays.hpp"

namespace attngraph {

/// How the weight w of an edge becomes a length for shortest paths.
enum class Distance {
  /// -log w: the shortest path is the most probable one.
  neglog,
  /// 1 / w
  inverse,
  /// 1 - w
  complement,
  /// w itself; the shortest path takes the weakest edges.
  weight
};

/// `neglog`, `inverse`, `complement`, `weight`
std::string_view distance_name(Distance distance);

/// Lengths shorter than this count as this: shortest path algorithms want positive ones.
inline constexpr double shortest_length = 1e-8;

/// Under neglog and complement, weights above 1 by up to this count as 1.
inline constexpr double weight_excess = 1e-5;

/// A graph for questions about paths.
struct LengthGraph {
  /// The edges between different nodes; `weight` holds their lengths, all at least
  /// `shortest_length`.
  EdgeArrays edges;
  /// Edges whose length was lifted to `shortest_length`.
  std::size_t lifted = 0;
};

/// @throws InputError where a weight is above 1 + weight_excess under neglog or complement, or a
/// length is not finite
LengthGraph length_graph(const EdgeArrays& edges, Distance distance);

}  // namespace attngraph
