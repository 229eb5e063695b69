#include "metrics/paths/influence.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <vector>

#include "graph/acyclic_order.hpp"
#include "tensor/compressed_rows.hpp"

namespace attngraph {

Vector influence(const EdgeArrays& edges, std::span<const double> outputs) {
  assert(outputs.size() == edges.nodes);
  constexpr double smallest_sum = 1e-10;
  const CompressedRows incoming = compressed_rows(reversed(without_zeros(edges)));
  std::vector<std::size_t> order =
      acyclic_order(incoming, "influence adds up all paths of a graph without cycles");
  Vector found = Vector::Zero(static_cast<Index>(edges.nodes));
  for (std::size_t i = order.size(); i-- > 0;) {
    const std::size_t target = order[i];
    const auto sources = incoming.targets(target);
    const auto weights = incoming.weights(target);
    const double sum = std::max(smallest_sum, std::accumulate(weights.begin(), weights.end(), 0.0));
    const double own = (outputs[target] + found[static_cast<Index>(target)]) / sum;
    for (std::size_t s = 0; s < sources.size(); ++s) found[sources[s]] += own * weights[s];
  }
  return found;
}

}  // namespace attngraph
