#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "attention/head_label.hpp"
#include "attention/heads/head_statistics.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"
#include "report/questions/heads.hpp"

namespace attngraph {

/// What is measured of one head.
struct HeadRow {
  std::int64_t layer;
  HeadLabel head;
  HeadStatistics statistics;
};

/// What the columns of such rows depend on.
struct AboutHeads {
  bool fused = false;
  ColumnType type = ColumnType::real;
  /// What needs queries and keys of one sequence, and what needs tokens, too.
  Known places = Known::yes;
  Known repeats = Known::yes;
  /// One for each key.
  std::vector<std::string> labels = {};
};

/// The columns that the options ask for.
Table<HeadRow> head_table(const AboutHeads& about, const HeadsOptions& options);

}  // namespace attngraph
