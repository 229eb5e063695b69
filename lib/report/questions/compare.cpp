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
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"

namespace attngraph {
namespace {

/// The heads of a stack, one after the other.
class HeadList {
 public:
  explicit HeadList(const Attention& stack) : stack_(stack) {}
  std::size_t size() const { return stack_.layers() * stack_.heads(); }
  std::int64_t layer(std::size_t i) const { return stack_.layer_index(i / stack_.heads()); }
  HeadLabel head(std::size_t i) const { return stack_.head_label(i % stack_.heads()); }
  Matrix weights(std::size_t i) const {
    return stack_.head(i / stack_.heads(), i % stack_.heads());
  }

 private:
  const Attention& stack_;
};

/// What a pair of heads has in common.
struct Pair {
  std::int64_t layer_a;
  HeadLabel head_a;
  std::int64_t layer_b;
  HeadLabel head_b;
  double js;
};

Table<Pair> pair_table(const Attention& a, const Attention& b) {
  using enum ColumnType;
  return {{"layer_a", integer, &Pair::layer_a},
          {"head_a", label_type(a.fused()), &Pair::head_a},
          {"layer_b", integer, &Pair::layer_b},
          {"head_b", label_type(b.fused()), &Pair::head_b},
          {"js", real_type(a.single_precision() && b.single_precision()), &Pair::js}};
}

Pair pair_of(const HeadList& as, std::size_t a, const HeadList& bs, std::size_t b, double js) {
  return {as.layer(a), as.head(a), bs.layer(b), bs.head(b), js};
}

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

void pair_rows(const Attention& stack, Sink& sink) {
  const HeadList heads(stack);
  const Table<Pair> table = pair_table(stack, stack);
  table.begin(sink);
  std::vector<Pair> pairs;
  for_each_pair(heads, sink, [&](std::size_t a, std::size_t b, double js) {
    pairs.push_back(pair_of(heads, a, heads, b, js));
    if (b + 1 < heads.size()) return;
    table.send(pairs, sink);
    pairs.clear();
  });
}

void merge_rows(const std::vector<Merge>& merges, bool single, Sink& sink) {
  using enum ColumnType;
  // As in SciPy: clusters of two or more are numbered from the count of heads on.
  const auto cluster = [&](const Merge& merge) {
    return merges.size() + 1 + static_cast<std::size_t>(&merge - merges.data());
  };
  const Table<Merge> table{{"cluster", integer, cluster},
                           {"left", integer, &Merge::left},
                           {"right", integer, &Merge::right},
                           {"distance", real_type(single), &Merge::distance},
                           {"size", integer, &Merge::size}};
  table.begin(sink);
  table.send(merges, sink);
}

struct ClusteredHead {
  std::int64_t layer;
  HeadLabel head;
  std::size_t cluster;
  /// Its place among the leaves of the dendrogram.
  std::size_t order;
};

void cluster_rows(const Attention& stack, const std::vector<Merge>& merges, std::size_t count,
                  Sink& sink) {
  using enum ColumnType;
  const Table<ClusteredHead> table{{"layer", integer, &ClusteredHead::layer},
                                   {"head", label_type(stack.fused()), &ClusteredHead::head},
                                   {"cluster", integer, &ClusteredHead::cluster},
                                   {"order", integer, &ClusteredHead::order}};
  table.begin(sink);
  const HeadList heads(stack);
  const std::vector<std::size_t> clusters = flat_clusters(merges, count);
  const std::vector<std::size_t> leaves = leaf_order(merges);
  std::vector<ClusteredHead> rows;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    rows.push_back({heads.layer(i), heads.head(i), clusters[i], 0});
  }
  for (std::size_t place = 0; place < leaves.size(); ++place) rows[leaves[place]].order = place;
  table.send(rows, sink);
}

void check_same_shape(const Attention& a, const Attention& b) {
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

void compare_report(const Attention& stack, const CompareOptions& options, Sink& sink) {
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

void compare_report(const Attention& stack, const Attention& other, Sink& sink) {
  check_same_shape(stack, other);
  const HeadList heads(stack), others(other);
  const Table<Pair> table = pair_table(stack, other);
  table.begin(sink);
  std::vector<Pair> pairs;
  double sum = 0, largest = 0;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    sink.progress(i, heads.size());
    const Matrix a = heads.weights(i), b = others.weights(i);
    pairs.push_back(pair_of(heads, i, others, i, jensen_shannon(a, b, log_mass(a), log_mass(b))));
    sum += pairs.back().js;
    largest = std::max(largest, pairs.back().js);
  }
  table.send(pairs, sink);
  sink.summary("js_mean", sum / static_cast<double>(heads.size()));
  sink.summary("js_max", largest);
}

}  // namespace attngraph
