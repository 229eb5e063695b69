#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "attention/head_label.hpp"
#include "report/answer/table.hpp"

namespace attngraph {

/// What the queries of one part give to the keys of another.
struct MassRow {
  std::int64_t layer;
  HeadLabel head;
  std::string from;
  std::string to;
  double mass;
  double density;
};
Table<MassRow> mass_table(bool fused);

/// How far a token looks at the context.
struct LookbackRow {
  std::int64_t layer;
  HeadLabel head;
  std::size_t token;
  std::string label;
  double lookback;
};
Table<LookbackRow> lookback_table(bool fused);

/// How unevenly the parts of a text receive attention from afar.
struct KurtosisRow {
  std::int64_t layer;
  HeadLabel head;
  double kurtosis;
};
Table<KurtosisRow> kurtosis_table(bool fused);

/// What one part receives.
struct VerticalRow {
  std::int64_t layer;
  HeadLabel head;
  std::string segment;
  double vertical;
};
Table<VerticalRow> vertical_table(bool fused);

/// The number about all tokens.
extern const Column lookback_mean;

}  // namespace attngraph
