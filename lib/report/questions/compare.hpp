#pragma once

#include <cstddef>
#include <optional>

#include "report/answer/columns.hpp"

namespace attngraph {

class Attention;
class Sink;

struct CompareOptions {
  /// Average linkage on the square root of the divergence, cut into so many clusters.
  std::optional<std::size_t> clusters = {};
  /// The merges of the clustering instead of its clusters.
  bool merges = false;
};

/// What its rows have; those of two files compared have a summary.
AnswerColumns compare_columns(const CompareOptions& options);
AnswerColumns compare_columns_against();

/// How alike heads are: the Jensen-Shannon divergence of every pair of heads, averaged over rows.
///
/// Rows `layer_a,head_a,layer_b,head_b,js`, each pair once. With `clusters` rows
/// `layer,head,cluster,order`, where order is the place of the head among the dendrogram's leaves;
/// with `merges` rows `cluster,left,right,distance,size`, where cluster 0 is the first head, 1 the
/// second … and merges make new ones, as in SciPy's linkage.
/// A sink that takes pictures gets the matrix of distances, heads in the order of the dendrogram
/// that stands above it.
/// A sink that takes matrices gets the divergences [head, head], or with `merges` SciPy's linkage
/// [merge, 4]: two clusters, the lower first, distance, size.
/// @throws ArgumentError where there are fewer heads than clusters
void compare_report(const Attention& stack, const CompareOptions& options, Sink& sink);

/// Each head of `stack` with the head at the same place of `other`, as rows
/// `layer_a,head_a,layer_b,head_b,js`; summary `js_mean` and `js_max`;
/// a sink that takes pictures gets a map of the heads.
/// @throws InputError where their shapes differ
void compare_report(const Attention& stack, const Attention& other, Sink& sink);

}  // namespace attngraph
