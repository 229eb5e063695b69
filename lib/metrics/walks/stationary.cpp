// A causal walk ends at its first token, unless another one leads nowhere else. Of other graphs the
// one closed class is what matters: up to `most_dense_rows` nodes it is eliminated as in
// metrics/spectrum/walk.cpp, O(m³); beyond, the lazy walk (I + P) / 2, which has no period, is
// iterated, O(edges) for each step.
#include "metrics/walks/stationary.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "graph/strong_components.hpp"
#include "metrics/spectrum/walk.hpp"
#include "metrics/walks/perron.hpp"

namespace attngraph {
namespace {

Vector unknown(Index n) { return Vector::Constant(n, std::numeric_limits<double>::quiet_NaN()); }

WalkRules rules_of(const Graph& graph) {
  return {graph.direction(), graph.causal() ? Causality::causal : Causality::bidirectional, 1};
}

Vector by_elimination(const Graph& graph) {
  const auto n = static_cast<Index>(graph.nodes());
  Matrix weights = Matrix::Zero(n, n);
  const bool attends = graph.direction() == Direction::attends;
  graph.for_each_edge([&](Index source, Index target, double weight) {
    weights(attends ? source : target, attends ? target : source) += weight;
  });
  const Walk walk = random_walk(std::move(weights), rules_of(graph));
  return walk.has_one_end() ? stationary(walk) : unknown(n);
}

/// Where no node leads to a later one, or to an earlier one: those that only lead to themselves.
Vector of_triangular(const Graph& graph) {
  const auto n = static_cast<Index>(graph.nodes());
  Vector others = Vector::Zero(n), all = Vector::Zero(n);
  graph.for_each_edge([&](Index source, Index target, double weight) {
    all[source] += weight;
    if (source != target) others[source] += weight;
  });
  Vector ends = Vector::Zero(n);
  for (Index i = 0; i < n; ++i) {
    const bool stays =
        all[i] > 0 ? others[i] == 0 : reach_of_nothing(i, n, rules_of(graph)).count == 1;
    if (stays) ends[i] = 1;
  }
  return ends.sum() == 1 ? ends : unknown(n);
}

/// The edges, and where some node has none a further one that stands for every node, to which those
/// lead.
CompressedRows with_everywhere(const CompressedRows& rows) {
  const auto n = static_cast<std::int32_t>(rows.nodes());
  CompressedRows all;
  for (std::size_t v = 0; v < rows.nodes(); ++v) {
    const auto targets = rows.targets(v);
    all.target.insert(all.target.end(), targets.begin(), targets.end());
    if (targets.empty()) all.target.push_back(n);
    all.first.push_back(all.target.size());
  }
  for (std::int32_t v = 0; v < n; ++v) all.target.push_back(v);
  all.first.push_back(all.target.size());
  return all;
}

/// The nodes of the one closed class; none where there are several.
std::vector<bool> closed_nodes(const CompressedRows& rows) {
  const bool stuck = std::adjacent_find(rows.first.begin(), rows.first.end()) != rows.first.end();
  const CompressedRows all = stuck ? with_everywhere(rows) : rows;
  const StrongComponents parts = strong_components(all);
  std::vector<bool> closed(parts.count, true);
  for (std::size_t v = 0; v < all.nodes(); ++v) {
    for (const std::int32_t to : all.targets(v)) {
      if (parts.of_node[static_cast<std::size_t>(to)] != parts.of_node[v]) {
        closed[static_cast<std::size_t>(parts.of_node[v])] = false;
      }
    }
  }
  if (std::count(closed.begin(), closed.end(), true) > 1) return {};
  std::vector<bool> nodes(rows.nodes());
  for (std::size_t v = 0; v < nodes.size(); ++v) {
    nodes[v] = closed[static_cast<std::size_t>(parts.of_node[v])];
  }
  return nodes;
}

Vector by_iteration(const Graph& graph) {
  const CompressedRows& rows = graph.rows();
  const auto n = static_cast<Index>(rows.nodes());
  const std::vector<bool> closed = closed_nodes(rows);
  if (closed.empty()) return unknown(n);
  std::vector<Index> states;
  std::vector<Index> place(closed.size(), -1);
  for (std::size_t v = 0; v < closed.size(); ++v) {
    if (!closed[v]) continue;
    place[v] = static_cast<Index>(states.size());
    states.push_back(static_cast<Index>(v));
  }
  const auto size = static_cast<Index>(states.size());
  const LinearMap lazy = [&](const Vector& x) {
    Vector y = x;
    double anywhere = 0;
    for (Index i = 0; i < size; ++i) {
      const auto v = static_cast<std::size_t>(states[static_cast<std::size_t>(i)]);
      const auto targets = rows.targets(v);
      const auto weights = rows.weights(v);
      double sum = 0;
      for (const double weight : weights) sum += weight;
      if (targets.empty()) anywhere += x[i] / static_cast<double>(n);
      for (std::size_t e = 0; e < targets.size(); ++e) {
        y[place[static_cast<std::size_t>(targets[e])]] += x[i] * weights[e] / sum;
      }
    }
    y.array() += anywhere;
    return Vector(.5 * y);
  };
  const auto dense = [&] {
    Matrix map(size, size);
    for (Index i = 0; i < size; ++i) map.col(i) = lazy(Vector::Unit(size, i));
    return map;
  };
  const Vector found = perron_pair(lazy, size, dense).vector;
  Vector x = Vector::Zero(n);
  x(states) = found / found.sum();
  return x;
}

}  // namespace

Vector stationary(const Graph& graph) {
  if (graph.causal()) return of_triangular(graph);
  const auto n = static_cast<Index>(graph.nodes());
  return n <= most_dense_rows ? by_elimination(graph) : by_iteration(graph);
}

}  // namespace attngraph
