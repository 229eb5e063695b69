// Jacobi iteration on x = x G, where row v of G is damping * weights / strength + (1 - damping) /
// n, on a matrix or on edge arrays. Requires weights >= 0. Dividing by the diagonal makes heads
// that attend mostly to themselves converge as fast as others; plain power iteration needs 180
// steps there. The sum of the residual over 1 - damping bounds the error, so the stop is certain.
// O(edges) for each step; dense attention takes 10 to 40 steps.
#include "metrics/pagerank.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "core/stop.hpp"
#include "graph/attention_graph.hpp"
#include "graph/igraph_door.hpp"

namespace attngraph {
namespace {

void check_damping(double damping) {
  if (damping >= 0.0 && damping < 1.0) return;
  throw ArgumentError("--damping", number_text(damping) + " is outside 0 <= damping < 1");
}

// `push(z, y)` adds z[v] * weight to y at the end of each edge of every node v.
template <typename Push>
Vector walk(const Vector& strength, const Vector& loops, double damping, const Push& push) {
  const Index n = strength.size();
  const double each = 1.0 / static_cast<double>(n);
  const auto dangling = (strength.array() == 0.0).cast<double>().eval();
  const Vector rate = (strength.array() == 0.0).select(0.0, damping / strength.array());
  const Vector stay = rate.cwiseProduct(loops) + (damping * each * dangling).matrix();
  const double tolerance = std::max(1e-13 * (1.0 - damping), 2e-15);
  const auto most_steps =
      200 + static_cast<int>(damping > 0 ? std::log(1e-17) / std::log(damping) : 0);
  Vector x = Vector::Constant(n, each);
  Vector next(n);
  for (int step = 0; step < most_steps; ++step) {
    const double jump = (1.0 - damping) + damping * (x.array() * dangling).sum();
    next.setConstant(jump * each);
    push(Vector(x.cwiseProduct(rate)), next);
    next -= x;
    x.array() += next.array() / (1.0 - stay.array());
    if (next.lpNorm<1>() <= tolerance) break;
    check_stop();
  }
  return x / x.sum();
}

Vector pagerank_by_igraph(const EdgeArrays& edges, double damping) {
  const AttentionGraph graph(edges);
  const door::Numbers weights{std::span<const double>(edges.weight)};
  door::Numbers result;
  door::checked(door::pagerank(door::igraph(graph), weights.get(), damping, result.get()),
                "pagerank");
  return result.to_vector();
}

}  // namespace

Vector pagerank(const EdgeArrays& edges, double damping, Engine engine) {
  check_damping(damping);
  if (engine == Engine::igraph) return pagerank_by_igraph(edges, damping);
  Vector strength = Vector::Zero(static_cast<Index>(edges.nodes));
  Vector loops = strength;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    strength[edges.source[i]] += edges.weight[i];
    if (edges.source[i] == edges.target[i]) loops[edges.source[i]] += edges.weight[i];
  }
  return walk(strength, loops, damping, [&](const Vector& z, Vector& y) {
    for (std::size_t i = 0; i < edges.size(); ++i) {
      y[edges.target[i]] += z[edges.source[i]] * edges.weight[i];
    }
  });
}

Vector pagerank(const Matrix& weights, Direction direction, double damping) {
  check_damping(damping);
  const Vector loops = weights.diagonal();
  if (direction == Direction::attends) {
    const Vector strength = weights.rowwise().sum();
    return walk(strength, loops, damping,
                [&](const Vector& z, Vector& y) { y.noalias() += weights.transpose() * z; });
  }
  const Vector strength = weights.colwise().sum().transpose();
  return walk(strength, loops, damping,
              [&](const Vector& z, Vector& y) { y.noalias() += weights * z; });
}

}  // namespace attngraph
