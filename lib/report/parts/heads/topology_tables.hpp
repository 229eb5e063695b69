#pragma once

#include <cstddef>
#include <cstdint>

#include "attention/head_label.hpp"
#include "metrics/topology/betti_numbers.hpp"
#include "metrics/topology/persistence_bar.hpp"
#include "report/answer/table.hpp"

namespace attngraph {

/// Numbers about the bars of one head.
struct ShapeRow {
  std::int64_t layer;
  HeadLabel head;
  BarStatistics h0;
  BarStatistics h1;
};

struct PersistenceRow {
  std::int64_t layer;
  HeadLabel head;
  PersistenceBar bar;
};

struct BettiRow {
  std::int64_t layer;
  HeadLabel head;
  double threshold;
  BettiNumbers found;
};

struct SplitRow {
  std::int64_t layer;
  HeadLabel head;
  double mtop_div;
  double per_token;
};

/// With numbers about loops where `dimension` is 1.
Table<ShapeRow> shape_table(bool fused, std::size_t dimension);
Table<PersistenceRow> bar_table(bool fused);
/// @param share there is one threshold, of that name
Table<BettiRow> betti_table(bool fused, bool share);
Table<SplitRow> split_table(bool fused);

}  // namespace attngraph
