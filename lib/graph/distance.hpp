#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "graph/edge_arrays.hpp"
#include "numeric/matrix.hpp"

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

/// The same as a matrix.
struct LengthMatrix {
  /// [from, to]; infinite where there is no edge, and from a node to itself.
  Matrix lengths;
  std::size_t edges = 0;
  std::size_t lifted = 0;
};

/// Of square weights [query, key] whose edges point in `direction`. Throws as length_graph.
LengthMatrix length_matrix(const Matrix& weights, Direction direction, Distance distance);

/// Nothing where two edges join the same nodes.
std::optional<LengthMatrix> length_matrix(const LengthGraph& graph);

}  // namespace attngraph
