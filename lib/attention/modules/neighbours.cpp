// Adjacency in compressed rows.
//
// A dense adjacency is read one row at a time in the type of its file, so the memory is that of the
// edges. An edge list is sorted by counting sources first: O(nodes + edges log degree).

#include "attention/modules/neighbours.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/error.hpp"
#include "core/text/number_text.hpp"

namespace attngraph {

Neighbours neighbours_of(const Tensor& adjacency, std::size_t nodes) {
  if (adjacency.shape() != Shape{nodes, nodes}) {
    throw InputError("$adjacency", "has shape " + shape_text(adjacency.shape()) + ", expected [" +
                                       std::to_string(nodes) + ", " + std::to_string(nodes) +
                                       "], one row for each row of $features");
  }
  Neighbours neighbours;
  for (std::size_t i = 0; i < nodes; ++i) {
    const auto row = adjacency.at(0, i).to_doubles();
    for (std::size_t j = 0; j < nodes; ++j) {
      if (!std::isfinite(row[j])) {
        throw InputError("$adjacency", "[" + std::to_string(i) + ", " + std::to_string(j) +
                                           "] is " + number_text(row[j]) +
                                           ", expected a finite number");
      }
      if (row[j] > 0) neighbours.target.push_back(static_cast<std::int32_t>(j));
    }
    neighbours.first.push_back(neighbours.target.size());
  }
  return neighbours;
}

Neighbours neighbours_of(const EdgeArrays& edges, std::size_t nodes) {
  EdgeArrays attending;
  attending.nodes = nodes;
  for (std::size_t e = 0; e < edges.size(); ++e) {
    const auto from = static_cast<std::size_t>(edges.source[e]);
    const auto to = static_cast<std::size_t>(edges.target[e]);
    if (std::max(from, to) >= nodes) {
      throw InputError("$adjacency", "has an edge with node " + std::to_string(std::max(from, to)) +
                                         ", expected nodes below " + std::to_string(nodes) +
                                         ", the rows of $features");
    }
    if (edges.weight[e] > 0) attending.add(from, to, edges.weight[e]);
  }
  CompressedRows rows = compressed_rows(attending);
  Neighbours neighbours;
  for (std::size_t i = 0; i < nodes; ++i) {
    const auto first = rows.target.begin() + static_cast<std::ptrdiff_t>(rows.first[i]);
    const auto last = rows.target.begin() + static_cast<std::ptrdiff_t>(rows.first[i + 1]);
    std::sort(first, last);
    neighbours.target.insert(neighbours.target.end(), first, std::unique(first, last));
    neighbours.first.push_back(neighbours.target.size());
  }
  return neighbours;
}

Neighbours with_self_loops(const Neighbours& neighbours) {
  Neighbours looped;
  for (std::size_t i = 0; i < neighbours.nodes(); ++i) {
    const auto self = static_cast<std::int32_t>(i);
    const auto row = neighbours.targets(i);
    const auto place = std::lower_bound(row.begin(), row.end(), self);
    looped.target.insert(looped.target.end(), row.begin(), place);
    looped.target.push_back(self);
    looped.target.insert(looped.target.end(),
                         place == row.end() || *place != self ? place : place + 1, row.end());
    looped.first.push_back(looped.target.size());
  }
  return looped;
}

}  // namespace attngraph
