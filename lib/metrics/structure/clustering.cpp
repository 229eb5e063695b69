// C_v = (U³)_vv / 2(d(d - 1) - 2b), U_vu = ∛(w_vu / max) + ∛(w_uv / max), d the edges of v in and
// out, b those that go both ways.
//
// Sparse graphs: every triangle once, from its node of lowest degree to the others, O(edges^1.5)
// whatever hubs there are. Dense ones: U U is a matrix product, and of the third factor only the
// diagonal is wanted, so a block of rows of the product is enough at a time.
#include "metrics/structure/clustering.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/stop.hpp"

namespace attngraph {
namespace {

/// Twice how many pairs of edges could close to triangles around a node.
double possible(double edges, double both_ways) {
  return 2 * (edges * (edges - 1) - 2 * both_ways);
}

double mean_share(const Vector& closed, const Vector& could) {
  double sum = 0;
  for (Index v = 0; v < closed.size(); ++v) {
    if (could[v] > 0) sum += closed[v] / could[v];
  }
  return closed.size() == 0 ? 0 : sum / static_cast<double>(closed.size());
}

Vector possible_triangles(const LinkedPairs& pairs) {
  Vector could(static_cast<Index>(pairs.nodes()));
  for (std::size_t v = 0; v < pairs.nodes(); ++v) {
    double edges = 0, both = 0;
    for (std::size_t i = pairs.first[v]; i < pairs.first[v + 1]; ++i) {
      const bool there = pairs.there[i] > 0, back = pairs.back[i] > 0;
      edges += (there ? 1 : 0) + (back ? 1 : 0);
      both += there && back ? 1 : 0;
    }
    could[static_cast<Index>(v)] = possible(edges, both);
  }
  return could;
}

/// The pairs that lead to a node of higher rank; rank is by degree, then index.
struct Upward {
  std::vector<std::size_t> first = {0};
  std::vector<std::int32_t> other;
  std::vector<double> weight;
};

std::vector<std::size_t> degree_ranks(const LinkedPairs& pairs) {
  std::vector<std::size_t> order(pairs.nodes()), rank(pairs.nodes());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return pairs.first[a + 1] - pairs.first[a] < pairs.first[b + 1] - pairs.first[b];
  });
  for (std::size_t r = 0; r < order.size(); ++r) rank[order[r]] = r;
  return rank;
}

/// @param between gives U of a place
template <typename Between>
Upward upward(const LinkedPairs& pairs, const Between& between) {
  const std::vector<std::size_t> rank = degree_ranks(pairs);
  Upward up;
  for (std::size_t v = 0; v < pairs.nodes(); ++v) {
    for (std::size_t i = pairs.first[v]; i < pairs.first[v + 1]; ++i) {
      if (rank[static_cast<std::size_t>(pairs.other[i])] < rank[v]) continue;
      up.other.push_back(pairs.other[i]);
      up.weight.push_back(between(i));
    }
    up.first.push_back(up.other.size());
  }
  return up;
}

/// The diagonal of U³: every triangle closes twice around each of its nodes.
Vector closed_triangles(const Upward& up, std::size_t nodes) {
  Vector closed = Vector::Zero(static_cast<Index>(nodes));
  std::vector<double> from_v(nodes, 0);
  for (std::size_t v = 0; v < nodes; ++v) {
    if (v % 1024 == 0) check_stop();
    for (std::size_t i = up.first[v]; i < up.first[v + 1]; ++i) {
      from_v[static_cast<std::size_t>(up.other[i])] = up.weight[i];
    }
    for (std::size_t i = up.first[v]; i < up.first[v + 1]; ++i) {
      const auto u = static_cast<std::size_t>(up.other[i]);
      for (std::size_t j = up.first[u]; j < up.first[u + 1]; ++j) {
        const std::int32_t third = up.other[j];
        const double triangle =
            2 * up.weight[i] * up.weight[j] * from_v[static_cast<std::size_t>(third)];
        closed[static_cast<Index>(v)] += triangle;
        closed[static_cast<Index>(u)] += triangle;
        closed[third] += triangle;
      }
    }
    for (std::size_t i = up.first[v]; i < up.first[v + 1]; ++i) {
      from_v[static_cast<std::size_t>(up.other[i])] = 0;
    }
  }
  return closed;
}

/// The diagonal of U³ of a symmetric matrix.
Vector closed_triangles(const Matrix& u) {
  constexpr Index block = 128;
  Vector closed(u.rows());
  for (Index begin = 0; begin < u.rows(); begin += block) {
    check_stop();
    const Index rows = std::min(block, u.rows() - begin);
    const Matrix twice = u.middleRows(begin, rows) * u;
    closed.segment(begin, rows) = twice.cwiseProduct(u.middleRows(begin, rows)).rowwise().sum();
  }
  return closed;
}

}  // namespace

double clustering(const LinkedPairs& pairs) {
  const auto between = [&](std::size_t i) {
    return (pairs.there[i] > 0 ? 1.0 : 0.0) + (pairs.back[i] > 0 ? 1.0 : 0.0);
  };
  return mean_share(closed_triangles(upward(pairs, between), pairs.nodes()),
                    possible_triangles(pairs));
}

double weighted_clustering(const LinkedPairs& pairs) {
  if (pairs.there.empty()) return 0;
  const double largest = *std::max_element(pairs.there.begin(), pairs.there.end());
  const auto between = [&](std::size_t i) {
    return std::cbrt(pairs.there[i] / largest) + std::cbrt(pairs.back[i] / largest);
  };
  return mean_share(closed_triangles(upward(pairs, between), pairs.nodes()),
                    possible_triangles(pairs));
}

double weighted_clustering(const Matrix& weights) {
  const Index n = weights.rows();
  Matrix roots = weights;
  roots.diagonal().setZero();
  const double largest = n == 0 ? 0 : roots.maxCoeff();
  if (!(largest > 0)) return 0;
  Vector could(n);
  for (Index v = 0; v < n; ++v) {
    const auto out = (roots.row(v).array() > 0).eval();
    const auto in = (roots.col(v).transpose().array() > 0).eval();
    could[v] = possible(static_cast<double>(out.count() + in.count()),
                        static_cast<double>((out && in).count()));
  }
  roots = roots.unaryExpr([largest](double w) { return std::cbrt(w / largest); });
  roots += roots.transpose().eval();
  return mean_share(closed_triangles(roots), could);
}

}  // namespace attngraph
