// The limit of x (W + I)^t from all ones, without iterating where that would never end: with equal
// largest eigenvalues on one chain of strong components (a causal head whose diagonal repeats)
// x(t) grows as t^(k-1) r^t, and power iteration approaches the limit as slowly as 1/t.
// Let r be the largest eigenvalue of any component of W, and call components that have it basic. A
// node's level is the largest number of basic components on one chain that ends at its component.
// Nodes of the highest level K grow as t^(K-1) (1+r)^t and all others vanish beside them. The
// factors of that growth follow component by component:
//   level 0:             x = (1 + b) (r I - W)^-1, the sum over t of x(t) (1+r)^(-t-1)
//   basic, level 1:      x = ((1 + b) . right) left
//   basic, level k > 1:  x = (b . right) left, but for a factor all of level k share
//   other, level k >= 1: x = b (r I - W)^-1
// where b is what comes over edges from the same level (basic: the level below), and left, right
// are the component's eigenvectors with left . right = 1. (Rothblum 1975 has the growth.)
// Requires weights >= 0. Cost: O(edges) and the eigenvectors of perron.cpp for large components.
#include "metrics/walks/eigenvector.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <numeric>
#include <vector>

#include "core/error.hpp"
#include "graph/strong_components.hpp"
#include "metrics/walks/perron.hpp"

namespace attngraph {
namespace {

// Largest eigenvalues that differ by less than this part of themselves are the same.
constexpr double same_value = 1e-12;

// A strong component of W by itself.
struct Component {
  std::vector<std::int32_t> nodes;
  EdgeArrays inside;
  double value = 0;
  Vector left;
  std::int32_t level = 0;
  bool basic = false;
};

Matrix dense_matrix(const EdgeArrays& edges, double diagonal) {
  const auto n = static_cast<Index>(edges.nodes);
  Matrix matrix = diagonal * Matrix::Identity(n, n);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    matrix(edges.source[i], edges.target[i]) += edges.weight[i];
  }
  return matrix;
}

// x -> x W, or W x where the edges are reversed.
Vector passed_on(const EdgeArrays& edges, const Vector& x) {
  Vector y = Vector::Zero(x.size());
  for (std::size_t i = 0; i < edges.size(); ++i) {
    y[edges.target[i]] += x[edges.source[i]] * edges.weight[i];
  }
  return y;
}

PerronPair left_pair(const EdgeArrays& edges) {
  const auto n = static_cast<Index>(edges.nodes);
  if (n == 1) {
    return {std::accumulate(edges.weight.begin(), edges.weight.end(), 0.0), Vector::Ones(1)};
  }
  // Adding the mean strength to the diagonal makes every component aperiodic, at the scale of the
  // weights: the 1 of the definition would drown small ones.
  const double shift = std::accumulate(edges.weight.begin(), edges.weight.end(), 0.0) /
                       static_cast<double>(edges.nodes);
  PerronPair pair =
      perron_pair([&](const Vector& x) -> Vector { return passed_on(edges, x) + shift * x; }, n,
                  [&] { return Matrix(dense_matrix(edges, shift).transpose()); });
  pair.value -= shift;
  return pair;
}

std::vector<Component> components_of(const CompressedRows& rows, const StrongComponents& numbered) {
  std::vector<Component> components(numbered.count);
  std::vector<std::int32_t> place(rows.nodes());
  for (std::size_t v = 0; v < rows.nodes(); ++v) {
    auto& nodes = components[numbered.of_node[v]].nodes;
    place[v] = static_cast<std::int32_t>(nodes.size());
    nodes.push_back(static_cast<std::int32_t>(v));
  }
  for (Component& component : components) {
    component.inside.nodes = component.nodes.size();
    for (const std::int32_t v : component.nodes) {
      for (std::size_t e = rows.first[v]; e < rows.first[v + 1]; ++e) {
        if (numbered.of_node[rows.target[e]] != numbered.of_node[v]) continue;
        component.inside.add(place[v], place[rows.target[e]], rows.weight[e]);
      }
    }
    PerronPair pair = left_pair(component.inside);
    component.value = pair.value;
    component.left = std::move(pair.vector);
  }
  return components;
}

// y with y (value I - W) = b, for a value above the component's own.
Vector resolved(const Component& component, double value, const Vector& b) {
  const auto n = static_cast<Index>(component.nodes.size());
  if (n == 1) return b / (value - component.value);
  if (n <= most_dense_rows) {
    const Matrix shifted = value * Matrix::Identity(n, n) - dense_matrix(component.inside, 0.0);
    return shifted.transpose().partialPivLu().solve(b).cwiseMax(0.0);
  }
  Vector y = b / value;
  for (int step = 0; step < 100000; ++step) {
    const Vector next = (b + passed_on(component.inside, y)) / value;
    const double change = (next - y).lpNorm<1>();
    y = next;
    if (change <= 1e-15 * (1.0 - component.value / value) * y.lpNorm<1>()) return y;
  }
  throw LimitError("eigenvector", "no convergence on a graph of " + std::to_string(n) + " nodes",
                   "sparsify the graph, or ask for pagerank");
}

// left scaled so that left . right is the weight that b leaves in the component.
Vector projected(const Component& component, const Vector& b) {
  if (component.nodes.size() == 1) return b;
  const Vector right = left_pair(reversed(component.inside)).vector;
  return component.left * (b.dot(right) / component.left.dot(right));
}

class Limit {
 public:
  Limit(const Graph& graph, StrongComponents numbered)
      : incoming_(graph.arriving()),
        numbered_(std::move(numbered)),
        components_(components_of(graph.rows(), numbered_)) {}

  Vector vector() {
    const auto n = static_cast<Index>(incoming_.nodes());
    for (const Component& component : components_) value_ = std::max(value_, component.value);
    if (value_ == 0.0) return Vector::Zero(n);
    find_levels();
    factors_ = Vector::Zero(n);
    for (std::size_t level = 0; level < levels_.size(); ++level) {
      fill(static_cast<std::int32_t>(level));
    }
    Vector limit = Vector::Zero(n);
    for (const Component* component : levels_.back()) {
      for (const std::int32_t v : component->nodes) limit[v] = factors_[v];
    }
    return limit;
  }

 private:
  const CompressedRows& incoming_;
  StrongComponents numbered_;
  std::vector<Component> components_;
  double value_ = 0;
  // Components of each level, in their order.
  std::vector<std::vector<const Component*>> levels_;
  Vector factors_;

  // Components are numbered along the edges, so one pass in order sees every chain.
  void find_levels() {
    for (Component& component : components_) {
      component.basic = component.value >= value_ * (1.0 - same_value);
      for (const std::int32_t v : component.nodes) {
        for (const std::int32_t before : incoming_.targets(v)) {
          component.level = std::max(component.level, level_of(before));
        }
      }
      if (component.basic) ++component.level;
      const auto level = static_cast<std::size_t>(component.level);
      levels_.resize(std::max(levels_.size(), level + 1));
      levels_[level].push_back(&component);
    }
  }

  std::int32_t level_of(std::int32_t node) const {
    return components_[numbered_.of_node[node]].level;
  }

  // What comes into the component over edges from another one of that level.
  Vector arriving(const Component& component, std::int32_t level) const {
    Vector b = Vector::Zero(static_cast<Index>(component.nodes.size()));
    for (std::size_t i = 0; i < component.nodes.size(); ++i) {
      const std::int32_t v = component.nodes[i];
      for (std::size_t e = incoming_.first[v]; e < incoming_.first[v + 1]; ++e) {
        const std::int32_t before = incoming_.target[e];
        const bool outside = numbered_.of_node[before] != numbered_.of_node[v];
        if (outside && level_of(before) == level) {
          b[static_cast<Index>(i)] += factors_[before] * incoming_.weight[e];
        }
      }
    }
    return b;
  }

  void fill(std::int32_t level) {
    double largest = 0;
    for (const Component* component : levels_[level]) {
      const std::int32_t from = component->basic ? level - 1 : level;
      Vector b = arriving(*component, from);
      if (from == 0) b.array() += 1.0;
      const Vector x =
          component->basic ? projected(*component, b) : resolved(*component, value_, b);
      for (std::size_t i = 0; i < component->nodes.size(); ++i) {
        factors_[component->nodes[i]] = x[static_cast<Index>(i)];
      }
      largest = std::max(largest, x.maxCoeff());
    }
    if (level == 0 || largest == 0.0) return;
    // A chain of a thousand small weights would leave the range of double. Only ratios within a
    // level matter from here on; level 0 has the ones of the start beside it.
    for (const Component* component : levels_[level]) {
      for (const std::int32_t v : component->nodes) factors_[v] /= largest;
    }
  }
};

}  // namespace

Vector eigenvector(const Graph& graph) {
  StrongComponents numbered = strong_components(graph.rows());
  if (numbered.count == 1) {
    PerronPair pair = left_pair(graph.edges());
    return pair.value > 0 ? pair.vector : Vector::Zero(pair.vector.size()).eval();
  }
  return Limit(graph, std::move(numbered)).vector();
}

}  // namespace attngraph
