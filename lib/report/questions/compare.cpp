#include "report/questions/compare.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "attention/heads/divergence.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/stop.hpp"
#include "metrics/average_linkage.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"
#include "report/parts/clustered_matrix.hpp"
#include "report/parts/head_map.hpp"

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

const Column js_column{
    .name = "js",
    .about =
        "Jensen-Shannon divergence of their rows, mean over rows: 0 alike, ln 2 never together",
    .rank = 0,
    .formula = "JS(p, q) = H((p + q) / 2) - (H(p) + H(q)) / 2, natural logarithm",
    .paper = "Lin 1991; for heads Clark et al. 2019, who add the rows up"};

/// An index of one of the two heads, by its name.
Column place_column(const char* name, ColumnType type, std::string_view about) {
  return {.name = name, .type = type, .about = about, .rank = 0};
}

Table<Pair> pair_table(bool a_fused, bool b_fused, ColumnType js) {
  using enum ColumnType;
  return {
      {place_column("layer_a", integer, "layer of the first head, as in the file"), &Pair::layer_a},
      {place_column("head_a", label_type(a_fused), "first head, as in the file"), &Pair::head_a},
      {place_column("layer_b", integer, "layer of the second head, as in the file"),
       &Pair::layer_b},
      {place_column("head_b", label_type(b_fused), "second head, as in the file"), &Pair::head_b},
      {js_column.of_type(js), &Pair::js}};
}

Table<Pair> pair_table(const Attention& a, const Attention& b) {
  return pair_table(a.fused(), b.fused(), real_type(a.single_precision() && b.single_precision()));
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

Table<Merge> merge_table(const std::vector<Merge>& merges, ColumnType distance) {
  using enum ColumnType;
  // As in SciPy: clusters of two or more are numbered from the count of heads on.
  const auto cluster = [&merges](const Merge& merge) {
    return merges.size() + 1 + static_cast<std::size_t>(&merge - merges.data());
  };
  return {
      {{.name = "cluster",
        .type = integer,
        .about = "cluster that the merge makes; n heads are clusters 0 to n - 1 themselves",
        .rank = 0},
       cluster},
      {{.name = "left", .type = integer, .about = "one of the two clusters merged", .rank = 0},
       &Merge::left},
      {{.name = "right", .type = integer, .about = "the other one, of higher number", .rank = 0},
       &Merge::right},
      {{.name = "distance",
        .type = distance,
        .about = "mean of sqrt(js) over all pairs of a head of one and a head of the other",
        .rank = 0,
        .paper = "average linkage, Sokal and Michener 1958"},
       &Merge::distance},
      {{.name = "size", .type = integer, .about = "heads in the new cluster"}, &Merge::size}};
}

void merge_rows(const std::vector<Merge>& merges, bool single, Sink& sink) {
  const Table<Merge> table = merge_table(merges, real_type(single));
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

Table<ClusteredHead> cluster_table(bool fused) {
  using enum ColumnType;
  return {{columns::layer, &ClusteredHead::layer},
          {columns::head(fused), &ClusteredHead::head},
          {{.name = "cluster", .type = integer, .about = "group of the head, from 0", .rank = 0},
           &ClusteredHead::cluster},
          {{.name = "order",
            .type = integer,
            .about = "place of the head among the leaves of the dendrogram, from 0"},
           &ClusteredHead::order}};
}

void cluster_rows(const Attention& stack, const std::vector<Merge>& merges, std::size_t count,
                  Sink& sink) {
  const Table<ClusteredHead> table = cluster_table(stack.fused());
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

/// The distance of every pair of heads: the square root of their divergence.
Matrix pair_distances(const HeadList& heads, Sink& sink) {
  const auto count = static_cast<Index>(heads.size());
  Matrix distances = Matrix::Zero(count, count);
  for_each_pair(heads, sink, [&](std::size_t a, std::size_t b, double js) {
    const auto row = static_cast<Index>(a), column = static_cast<Index>(b);
    distances(row, column) = distances(column, row) = std::sqrt(js);
  });
  return distances;
}

/// The matrix of distances under its dendrogram.
Picture clustered_heads(const Attention& stack, const Matrix& distances) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < stack.layers() * stack.heads(); ++i) {
    names.push_back(short_head_name(stack, i / stack.heads(), i % stack.heads()));
  }
  Picture picture = clustered_matrix(names, distances);
  picture.title = "How alike heads are";
  picture.details.insert(picture.details.begin(),
                         "distance: the square root of the Jensen-Shannon divergence");
  return picture;
}

/// How each head differs from the same head of another file.
Picture differences(const Attention& stack, const Attention& other,
                    const std::vector<double>& divergences) {
  Picture picture = head_map(stack, {"js", divergences});
  picture.title = "How heads differ in two files";
  picture.details = {"against " + other.source(),
                     "js: the Jensen-Shannon divergence, mean over rows"};
  return picture;
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

const Column js_mean{.name = "js_mean", .about = "mean of js over all pairs of heads"};
const Column js_max{.name = "js_max", .about = "js of the two heads that differ most"};

}  // namespace

AnswerColumns compare_columns(const CompareOptions& options) {
  if (options.merges) return {merge_table({}, ColumnType::real).schema()};
  if (options.clusters) return {cluster_table(false).schema()};
  return {pair_table(false, false, ColumnType::real).schema()};
}

AnswerColumns compare_columns_against() {
  return {pair_table(false, false, ColumnType::real).schema(), {js_mean, js_max}};
}

void compare_report(const Attention& stack, const CompareOptions& options, Sink& sink) {
  const bool pairs = !options.clusters && !options.merges && !is_seen(sink.form());
  if (pairs) return pair_rows(stack, sink);
  const HeadList heads(stack);
  const Matrix distances = pair_distances(heads, sink);
  if (is_seen(sink.form())) return sink.picture(clustered_heads(stack, distances));
  const std::vector<Merge> merges = average_linkage(distances);
  if (options.merges) return merge_rows(merges, stack.single_precision(), sink);
  cluster_rows(stack, merges, *options.clusters, sink);
}

void compare_report(const Attention& stack, const Attention& other, Sink& sink) {
  check_same_shape(stack, other);
  const HeadList heads(stack), others(other);
  std::vector<Pair> pairs;
  std::vector<double> divergences;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    sink.progress(i, heads.size());
    const Matrix a = heads.weights(i), b = others.weights(i);
    divergences.push_back(jensen_shannon(a, b, log_mass(a), log_mass(b)));
    pairs.push_back(pair_of(heads, i, others, i, divergences.back()));
  }
  if (is_seen(sink.form())) return sink.picture(differences(stack, other, divergences));
  const Table<Pair> table = pair_table(stack, other);
  table.begin(sink);
  table.send(pairs, sink);
  const double sum = std::accumulate(divergences.begin(), divergences.end(), 0.0);
  sink.summary(js_mean, sum / static_cast<double>(heads.size()));
  sink.summary(js_max, *std::max_element(divergences.begin(), divergences.end()));
}

}  // namespace attngraph
