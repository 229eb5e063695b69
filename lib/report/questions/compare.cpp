#include "report/questions/compare.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "attention/heads/divergence.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/stop.hpp"
#include "metrics/average_linkage.hpp"
#include "report/answer/real_column.hpp"
#include "report/answer/sink.hpp"

namespace attngraph {
namespace {

/// The heads of a stack, one after the other.
class HeadList {
 public:
  explicit HeadList(const AttentionStack& stack) : stack_(stack) {}
  std::size_t size() const { return stack_.layers() * stack_.heads(); }
  std::int64_t layer(std::size_t i) const { return stack_.layer_index(i / stack_.heads()); }
  HeadLabel head(std::size_t i) const { return stack_.head_label(i % stack_.heads()); }
  Matrix weights(std::size_t i) const {
    return stack_.head(i / stack_.heads(), i % stack_.heads());
  }

 private:
  const AttentionStack& stack_;
};

Column head_column(const std::string& name, const AttentionStack& stack) {
  return {name, stack.fused() ? ColumnType::text : ColumnType::integer};
}

/// Head labels of one kind as the values of a column.
class HeadColumn {
 public:
  explicit HeadColumn(const AttentionStack& stack)
      : values_(stack.fused() ? Values(std::vector<std::string>())
                              : Values(std::vector<std::int64_t>())) {}
  void add(const HeadLabel& label) {
    if (auto* names = std::get_if<std::vector<std::string>>(&values_)) {
      names->push_back(std::get<std::string>(label));
    } else {
      std::get<std::vector<std::int64_t>>(values_).push_back(std::get<std::int64_t>(label));
    }
  }
  Values take() { return std::move(values_); }

 private:
  Values values_;
};

/// Rows about pairs of heads.
class PairRows {
 public:
  PairRows(const AttentionStack& a, const AttentionStack& b, Sink& sink)
      : a_(a), b_(b), single_(a.single_precision() && b.single_precision()), sink_(sink) {
    sink.begin_rows({{"layer_a", ColumnType::integer},
                     head_column("head_a", a),
                     {"layer_b", ColumnType::integer},
                     head_column("head_b", b),
                     real_column("js", single_)});
  }

  struct Pair {
    std::size_t a;
    std::size_t b;
    double js;
  };
  void write(const std::vector<Pair>& pairs) {
    const HeadList as(a_), bs(b_);
    std::vector<std::int64_t> layers_a, layers_b;
    HeadColumn heads_a(a_), heads_b(b_);
    std::vector<double> divergences;
    for (const Pair& pair : pairs) {
      layers_a.push_back(as.layer(pair.a));
      heads_a.add(as.head(pair.a));
      layers_b.push_back(bs.layer(pair.b));
      heads_b.add(bs.head(pair.b));
      divergences.push_back(pair.js);
    }
    sink_.rows({std::move(layers_a), heads_a.take(), std::move(layers_b), heads_b.take(),
                real_values(divergences, single_)});
  }

 private:
  const AttentionStack& a_;
  const AttentionStack& b_;
  bool single_;
  Sink& sink_;
};

/// Calls `visit(a, b, js)` for every pair a < b, in order. In memory are one head and one more for
/// each thread.
template <typename Visit>
void for_each_pair(const HeadList& heads, Sink& sink, const Visit& visit) {
  std::vector<double> log_masses(heads.size()), divergences(heads.size());
  parallel_for(heads.size(), [&](std::size_t i) { log_masses[i] = log_mass(heads.weights(i)); });
  const std::size_t pairs = heads.size() * (heads.size() - 1) / 2;
  std::size_t done = 0;
  for (std::size_t a = 0; a + 1 < heads.size(); ++a) {
    sink.progress(done, pairs);
    const Matrix weights = heads.weights(a);
    parallel_for(heads.size() - a - 1, [&](std::size_t i) {
      check_stop();
      const std::size_t b = a + 1 + i;
      divergences[b] = jensen_shannon(weights, heads.weights(b), log_masses[a], log_masses[b]);
    });
    for (std::size_t b = a + 1; b < heads.size(); ++b) visit(a, b, divergences[b]);
    done += heads.size() - a - 1;
  }
}

void pair_rows(const AttentionStack& stack, Sink& sink) {
  PairRows rows(stack, stack, sink);
  std::vector<PairRows::Pair> pairs;
  for_each_pair(HeadList(stack), sink, [&](std::size_t a, std::size_t b, double js) {
    if (!pairs.empty() && pairs.back().a != a) {
      rows.write(pairs);
      pairs.clear();
    }
    pairs.push_back({a, b, js});
  });
  rows.write(pairs);
}

void merge_rows(const std::vector<Merge>& merges, bool single, Sink& sink) {
  sink.begin_rows({{"cluster", ColumnType::integer},
                   {"left", ColumnType::integer},
                   {"right", ColumnType::integer},
                   real_column("distance", single),
                   {"size", ColumnType::integer}});
  std::vector<std::int64_t> clusters, lefts, rights, sizes;
  std::vector<double> distances;
  for (const Merge& merge : merges) {
    clusters.push_back(static_cast<std::int64_t>(merges.size() + 1 + clusters.size()));
    lefts.push_back(static_cast<std::int64_t>(merge.left));
    rights.push_back(static_cast<std::int64_t>(merge.right));
    distances.push_back(merge.distance);
    sizes.push_back(static_cast<std::int64_t>(merge.size));
  }
  sink.rows({clusters, lefts, rights, real_values(distances, single), sizes});
}

void cluster_rows(const AttentionStack& stack, const std::vector<Merge>& merges, std::size_t count,
                  Sink& sink) {
  const std::vector<std::size_t> clusters = flat_clusters(merges, count);
  const std::vector<std::size_t> leaves = leaf_order(merges);
  sink.begin_rows({{"layer", ColumnType::integer},
                   head_column("head", stack),
                   {"cluster", ColumnType::integer},
                   {"order", ColumnType::integer}});
  const HeadList heads(stack);
  std::vector<std::int64_t> layers, numbers, order(leaves.size());
  HeadColumn labels(stack);
  for (std::size_t place = 0; place < leaves.size(); ++place) {
    order[leaves[place]] = static_cast<std::int64_t>(place);
  }
  for (std::size_t i = 0; i < heads.size(); ++i) {
    layers.push_back(heads.layer(i));
    labels.add(heads.head(i));
    numbers.push_back(static_cast<std::int64_t>(clusters[i]));
  }
  sink.rows({layers, labels.take(), numbers, order});
}

void check_same_shape(const AttentionStack& a, const AttentionStack& b) {
  const auto check = [&](std::size_t expected, std::size_t is, const char* what) {
    if (is == expected) return;
    throw InputError(b.source(), "has " + std::to_string(is) + " " + what + ", expected " +
                                     std::to_string(expected) + " as in " + a.source());
  };
  check(a.layers(), b.layers(), "layers");
  check(a.heads(), b.heads(), "heads");
  check(a.queries(), b.queries(), "queries");
  check(a.keys(), b.keys(), "keys");
}

}  // namespace

void compare_report(const AttentionStack& stack, const CompareOptions& options, Sink& sink) {
  if (!options.clusters && !options.merges) return pair_rows(stack, sink);
  const HeadList heads(stack);
  const auto count = static_cast<Index>(heads.size());
  Matrix distances = Matrix::Zero(count, count);
  for_each_pair(heads, sink, [&](std::size_t a, std::size_t b, double js) {
    const auto row = static_cast<Index>(a), column = static_cast<Index>(b);
    distances(row, column) = distances(column, row) = std::sqrt(js);
  });
  const std::vector<Merge> merges = average_linkage(distances);
  if (options.merges) return merge_rows(merges, stack.single_precision(), sink);
  cluster_rows(stack, merges, *options.clusters, sink);
}

void compare_report(const AttentionStack& stack, const AttentionStack& other, Sink& sink) {
  check_same_shape(stack, other);
  const HeadList heads(stack), others(other);
  PairRows rows(stack, other, sink);
  std::vector<PairRows::Pair> pairs;
  double sum = 0, largest = 0;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    sink.progress(i, heads.size());
    const Matrix a = heads.weights(i), b = others.weights(i);
    pairs.push_back({i, i, jensen_shannon(a, b, log_mass(a), log_mass(b))});
    sum += pairs.back().js;
    largest = std::max(largest, pairs.back().js);
  }
  rows.write(pairs);
  sink.summary("js_mean", sum / static_cast<double>(heads.size()));
  sink.summary("js_max", largest);
}

}  // namespace attngraph
