#include "graph/layered_graph.hpp"

#include <limits>
#include <string>

#include "core/error.hpp"

namespace attngraph {

EdgeArrays layered_graph(std::span<const Matrix> transitions) {
  const auto tokens = static_cast<std::size_t>(transitions.front().rows());
  EdgeArrays edges;
  edges.nodes = (transitions.size() + 1) * tokens;
  if (edges.nodes > std::numeric_limits<std::int32_t>::max()) {
    throw LimitError("", "the layered graph has " + std::to_string(edges.nodes) +
                             " nodes, at most 2147483647 were expected");
  }
  for (std::size_t level = 1; level <= transitions.size(); ++level) {
    const Matrix& transition = transitions[level - 1];
    edges.reserve(edges.size() + static_cast<std::size_t>((transition.array() > 0).count()));
    for (Index from = 0; from < transition.rows(); ++from) {
      for (Index to = 0; to < transition.cols(); ++to) {
        if (!(transition(from, to) > 0)) continue;
        edges.add(level * tokens + static_cast<std::size_t>(from),
                  (level - 1) * tokens + static_cast<std::size_t>(to), transition(from, to));
      }
    }
  }
  return edges;
}

}  // namespace attngraph
