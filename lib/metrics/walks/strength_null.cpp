// A row of k visible keys has mean m = Σ w / k and variance s² = Σ (w - m)² / k (population). At a
// random order a key gets m from it on average, with that variance, and rows are independent. So
// the sum at key j has mean Σ m and variance Σ s² over the rows that see j: two sums from the end
// of the keys, one pass over the weights. Variances are never found as differences of squares, so
// rows that are all alike have none.

#include "metrics/walks/strength_null.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "attention/edges/edge_heads.hpp"

namespace attngraph {
namespace {

/// What one row is worth to each key it may see, and what it gives itself.
struct RowMoments {
  std::size_t query = 0;
  std::size_t visible = 0;
  /// Of the weights it has.
  std::size_t weights = 0;
  double sum = 0;
  double squares = 0;  // Σ (w - mean)² over the weights it has
  double own = 0;

  double mean() const { return sum / static_cast<double>(visible); }
  /// Σ (w - mean)² with the keys that it gives nothing.
  double variance() const {
    const auto count = static_cast<double>(weights), all = static_cast<double>(visible);
    const double of_weights = sum / count;
    return (squares + of_weights * of_weights * count * (all - count) / all) / all;
  }
};

RowMoments moments(const SparseRow& row) {
  RowMoments found;
  found.query = row.query;
  found.weights = row.keys.size();
  for (const double weight : row.weights) found.sum += weight;
  const double mean = found.sum / static_cast<double>(found.weights);
  for (std::size_t i = 0; i < row.keys.size(); ++i) {
    found.squares += (row.weights[i] - mean) * (row.weights[i] - mean);
    if (static_cast<std::size_t>(row.keys[i]) == row.query) found.own = row.weights[i];
  }
  return found;
}

double z_of(double observed, double mean, double variance) {
  const double deviation = std::sqrt(std::max(variance, 0.0));
  return deviation <= 1e-12 * std::max(1.0, std::abs(mean)) ? 0 : (observed - mean) / deviation;
}

/// All rows of a graph, and what arrives at each key.
class Rows {
 public:
  explicit Rows(const Graph& graph) : arriving_(graph.keys(), 0.0) {
    graph.for_each_row([&](const SparseRow& row) { add(row); });
    for (RowMoments& row : rows_) {
      row.visible = std::max(graph.keys_before(row.query).value_or(seen_), row.weights);
    }
  }

  /// Where edges lead from queries to keys.
  std::vector<double> of_keys(SelfLoops self_loops) const {
    const std::size_t keys = arriving_.size();
    std::vector<double> mean(keys, 0.0), variance(keys, 0.0), own_mean(keys), own_variance(keys);
    std::vector<double> arriving = arriving_;
    for (const RowMoments& row : rows_) {
      mean[row.visible - 1] += row.mean();
      variance[row.visible - 1] += row.variance();
      if (self_loops == SelfLoops::keep || row.query >= row.visible) continue;
      arriving[row.query] -= row.own;
      own_mean[row.query] = row.mean();
      own_variance[row.query] = row.variance();
    }
    std::vector<double> z(keys);
    double means = 0, variances = 0;
    for (std::size_t key = keys; key-- > 0;) {
      means += mean[key];
      variances += variance[key];
      const double rest = variances - own_variance[key];
      const bool rounding = rest <= 1e-14 * variances;
      z[key] = z_of(arriving[key], means - own_mean[key], rounding ? 0 : rest);
    }
    return z;
  }

  /// Where edges lead from keys to queries only self-loops that are left out make a difference.
  std::vector<double> of_queries(std::size_t queries, SelfLoops self_loops) const {
    std::vector<double> z(queries, 0.0);
    for (const RowMoments& row : rows_) {
      if (self_loops == SelfLoops::keep || row.query >= row.visible) continue;
      z[row.query] = z_of(row.sum - row.own, row.sum - row.mean(), row.variance());
    }
    return z;
  }

 private:
  std::vector<RowMoments> rows_;
  std::vector<double> arriving_;
  std::size_t seen_ = 0;

  void add(const SparseRow& row) {
    rows_.push_back(moments(row));
    for (std::size_t i = 0; i < row.keys.size(); ++i) {
      arriving_[static_cast<std::size_t>(row.keys[i])] += row.weights[i];
    }
    seen_ = std::max(seen_, static_cast<std::size_t>(row.keys.back()) + 1);
  }
};

}  // namespace

Vector strength_z(const Graph& graph) {
  const Rows rows(graph);
  const SelfLoops self_loops = graph.bipartite() ? SelfLoops::keep : graph.self_loops();
  const std::size_t before = graph.nodes() - graph.keys();  // queries that are no keys
  const bool attends = graph.direction() == Direction::attends;
  const std::vector<double> z =
      attends ? rows.of_keys(self_loops)
              : rows.of_queries(before > 0 ? before : graph.nodes(), self_loops);
  Vector all = Vector::Zero(static_cast<Index>(graph.nodes()));
  const std::size_t first = attends ? before : 0;
  for (std::size_t i = 0; i < z.size(); ++i) all[static_cast<Index>(first + i)] = z[i];
  return all;
}

}  // namespace attngraph
