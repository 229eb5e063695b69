#include "report/questions/compare.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <tuple>
#include <vector>

#include "attention/attention.hpp"
#include "attention/heads/divergence.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/stop.hpp"
#include "metrics/average_linkage.hpp"
#include "report/answer/matrix_view.hpp"
#include "report/answer/sink.hpp"
#include "report/drawn/heads/clustered_matrix.hpp"
#include "report/drawn/heads/head_map.hpp"
#include "report/parts/heads/compare_tables.hpp"

namespace attngraph {
namespace {

/// The heads of a stack, one after the other.
class HeadList {
 public:
  explicit HeadList(const Attention& stack) : stack_(stack), heads_(stack.present()) {}
  std::size_t size() const { return heads_.size(); }
  std::size_t queries() const { return stack_.queries(); }
  /// What a thread takes that looks at a head: its weights, and how they are made and compared.
  MemoryNeed need() const { return stack_.need(3); }
  std::int64_t layer(std::size_t i) const { return stack_.layer_index(heads_[i].l); }
  HeadLabel head(std::size_t i) const { return stack_.head_label(heads_[i].h); }
  Matrix weights(std::size_t i) const { return stack_.head(heads_[i].l, heads_[i].h); }

 private:
  const Attention& stack_;
  std::vector<SelectedHead> heads_;
};

Table<HeadPair> pair_table(const Attention& a, const Attention& b) {
  return pair_table(a.fused(), b.fused(), real_type(a.single_precision() && b.single_precision()));
}

HeadPair pair_of(const HeadList& as, std::size_t a, const HeadList& bs, std::size_t b, double js) {
  return {as.layer(a), as.head(a), bs.layer(b), bs.head(b), js};
}

Index rows_of_zeros(const Matrix& weights) {
  return (weights.rowwise().sum().array() == 0).count();
}

/// Masked queries, which tell nothing about how alike two heads are.
void note_zeros(Index most, std::size_t queries, Sink& sink) {
  if (most == 0) return;
  sink.note("rows of zeros, up to " + std::to_string(most) + " of " + std::to_string(queries) +
            " in a head, are left out where both heads have them");
}

/// Calls `visit(a, b, js)` for every pair a < b, in order. In memory are one head and one more for
/// each thread.
template <typename Visit>
void for_each_pair(const HeadList& heads, Sink& sink, const Visit& visit) {
  std::vector<double> log_masses(heads.size()), divergences(heads.size());
  std::vector<Index> zeros(heads.size());
  const MemoryNeed need = heads.need();
  parallel_for(heads.size(), [&](std::size_t i) {
    const HeldMemory held(need);
    const Matrix weights = heads.weights(i);
    log_masses[i] = log_mass(weights);
    zeros[i] = rows_of_zeros(weights);
  });
  note_zeros(*std::max_element(zeros.begin(), zeros.end()), heads.queries(), sink);
  const std::size_t pairs = heads.size() * (heads.size() - 1) / 2;
  std::size_t done = 0;
  for (std::size_t a = 0; a + 1 < heads.size(); ++a) {
    sink.progress(done, pairs);
    const Matrix weights = heads.weights(a);
    parallel_for(heads.size() - a - 1, [&](std::size_t i) {
      const HeldMemory held(need);
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
  const Table<HeadPair> table = pair_table(stack, stack);
  table.begin(sink);
  std::vector<HeadPair> pairs;
  for_each_pair(heads, sink, [&](std::size_t a, std::size_t b, double js) {
    pairs.push_back(pair_of(heads, a, heads, b, js));
    if (b + 1 < heads.size()) return;
    table.send(pairs, sink);
    pairs.clear();
  });
}

/// A square or table of numbers without a place in a stack.
MatrixSeries series_of(const char* value, const Matrix& numbers) {
  MatrixSeries series;
  series.shape = {static_cast<std::size_t>(numbers.rows()),
                  static_cast<std::size_t>(numbers.cols())};
  series.value_column.name = value;
  return series;
}

/// SciPy's linkage: for each merge the lower and the higher cluster, distance and size.
void merge_matrix(const std::vector<Merge>& merges, Sink& sink) {
  Matrix linkage(static_cast<Index>(merges.size()), 4);
  for (std::size_t i = 0; i < merges.size(); ++i) {
    const auto [low, high] = std::minmax(merges[i].left, merges[i].right);
    linkage.row(static_cast<Index>(i)) << static_cast<double>(low), static_cast<double>(high),
        merges[i].distance, static_cast<double>(merges[i].size);
  }
  sink.begin_matrices(series_of("linkage", linkage));
  if (!merges.empty()) sink.matrix({}, view_of(linkage));  // one head alone has none
}

void merge_rows(const std::vector<Merge>& merges, bool single, Sink& sink) {
  const Table<Merge> table = merge_table(merges, real_type(single));
  table.begin(sink);
  table.send(merges, sink);
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

/// The divergence of every two heads, [head, head].
Matrix pair_divergences(const HeadList& heads, Sink& sink) {
  const auto count = static_cast<Index>(heads.size());
  Matrix divergences = Matrix::Zero(count, count);
  for_each_pair(heads, sink, [&](std::size_t a, std::size_t b, double js) {
    const auto row = static_cast<Index>(a), column = static_cast<Index>(b);
    divergences(row, column) = divergences(column, row) = js;
  });
  return divergences;
}

void pair_matrix(const Attention& stack, Sink& sink) {
  const Matrix divergences = pair_divergences(HeadList(stack), sink);
  MatrixSeries series = series_of("js", divergences);
  series.single_precision = stack.single_precision();
  sink.begin_matrices(series);
  sink.matrix({}, view_of(divergences));
}

/// The matrix of distances under its dendrogram.
Picture clustered_heads(const Attention& stack, const Matrix& distances) {
  std::vector<std::string> names;
  for (const auto& [l, h] : stack.present()) names.push_back(short_head_name(stack, l, h));
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

/// A head is compared with the one at its place.
void check_same_heads(const Attention& a, const Attention& b) {
  for (std::size_t l = 0; l < a.layers(); ++l) {
    for (std::size_t h = 0; h < a.heads(); ++h) {
      if (a.has(l, h) == b.has(l, h)) continue;
      const auto& [with, without] = a.has(l, h) ? std::tie(a, b) : std::tie(b, a);
      throw InputError(without.place(l, h), "has no edges, and " + with.place(l, h) + " has",
                       "choose with $layer and $head what both have");
    }
  }
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
  check_same_heads(a, b);
}

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
  const bool matrices = sink.form() == Form::matrices;
  if (!options.clusters && !options.merges && !is_seen(sink.form())) {
    return matrices ? pair_matrix(stack, sink) : pair_rows(stack, sink);
  }
  const HeadList heads(stack);
  const Matrix distances = pair_divergences(heads, sink).cwiseSqrt();
  if (is_seen(sink.form())) return sink.picture(clustered_heads(stack, distances));
  const std::vector<Merge> merges = average_linkage(distances);
  if (options.merges && matrices) return merge_matrix(merges, sink);
  if (options.merges) return merge_rows(merges, stack.single_precision(), sink);
  cluster_rows(stack, merges, *options.clusters, sink);
}

void compare_report(const Attention& stack, const Attention& other, Sink& sink) {
  check_same_shape(stack, other);
  const HeadList heads(stack), others(other);
  std::vector<HeadPair> pairs;
  std::vector<double> divergences;
  Index zeros = 0;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    sink.progress(i, heads.size());
    const Matrix a = heads.weights(i), b = others.weights(i);
    divergences.push_back(jensen_shannon(a, b, log_mass(a), log_mass(b)));
    pairs.push_back(pair_of(heads, i, others, i, divergences.back()));
    zeros = std::max(zeros, std::min(rows_of_zeros(a), rows_of_zeros(b)));
  }
  note_zeros(zeros, heads.queries(), sink);
  if (is_seen(sink.form())) return sink.picture(differences(stack, other, divergences));
  const Table<HeadPair> table = pair_table(stack, other);
  table.begin(sink);
  table.send(pairs, sink);
  const double sum = std::accumulate(divergences.begin(), divergences.end(), 0.0);
  sink.summary(js_mean, sum / static_cast<double>(heads.size()));
  sink.summary(js_max, *std::max_element(divergences.begin(), divergences.end()));
}

}  // namespace attngraph
