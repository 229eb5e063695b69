#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "attention/head_label.hpp"
#include "metrics/average_linkage.hpp"
#include "report/answer/table.hpp"

namespace attngraph {

/// What a pair of heads has in common.
struct HeadPair {
  std::int64_t layer_a;
  HeadLabel head_a;
  std::int64_t layer_b;
  HeadLabel head_b;
  double js;
};

/// @param js its type
Table<HeadPair> pair_table(bool a_fused, bool b_fused, ColumnType js);

/// The numbers about all pairs.
extern const Column js_mean, js_max;

/// @param merges must live as long as the table, and its rows are among them
Table<Merge> merge_table(const std::vector<Merge>& merges, ColumnType distance);

/// Where a head is in the clustering.
struct ClusteredHead {
  std::int64_t layer;
  HeadLabel head;
  std::size_t cluster;
  /// Its place among the leaves of the dendrogram.
  std::size_t order;
};

Table<ClusteredHead> cluster_table(bool fused);

}  // namespace attngraph
