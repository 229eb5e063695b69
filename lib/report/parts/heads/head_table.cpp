#include "report/parts/heads/head_table.hpp"

#include "report/answer/columns.hpp"
#include "report/parts/heads/head_measures.hpp"
#include "report/parts/heads/head_type.hpp"

namespace attngraph {
namespace {

/// A measure of a head as a column of its rows.
Table<HeadRow>::Entry measure(const Column& column, double HeadStatistics::*value) {
  return {column, [value](const HeadRow& row) { return row.statistics.*value; }};
}

}  // namespace

Table<HeadRow> head_table(const AboutHeads& about, const HeadsOptions& options) {
  const ColumnType type = about.type;
  const Known repeats = about.repeats, places = about.places;
  const auto sink_token = [](const HeadRow& row) { return row.statistics.sink_token; };
  const auto sink_label = [labels = about.labels](const HeadRow& row) {
    return labels[row.statistics.sink_token];
  };
  Column sink_label_column = columns::label(head_measure::sink_token, "sink_label");
  sink_label_column.rank = 0;  // says more than the index
  Table<HeadRow> table{
      {columns::layer, &HeadRow::layer},
      {columns::head(about.fused), &HeadRow::head},
      {head_type_column(), [](const HeadRow& row) { return head_type(row.statistics); }},
      measure(head_measure::entropy.of_type(type), &HeadStatistics::entropy),
      measure(head_measure::entropy_normalized.of_type(type), &HeadStatistics::entropy_normalized),
      measure(head_measure::support.of_type(type), &HeadStatistics::support),
      measure(head_measure::max_weight.of_type(type), &HeadStatistics::max_weight),
      measure(head_measure::distance.of_type(type).where(places), &HeadStatistics::distance),
      measure(head_measure::self.of_type(type).where(places), &HeadStatistics::self),
      measure(head_measure::previous.of_type(type).where(places), &HeadStatistics::previous),
      measure(head_measure::next.of_type(type).where(places), &HeadStatistics::next),
      measure(head_measure::first.of_type(type), &HeadStatistics::first),
      measure(head_measure::backward.of_type(type).where(places), &HeadStatistics::backward),
      measure(head_measure::forward.of_type(type).where(places), &HeadStatistics::forward),
      {head_measure::sink_token, sink_token},
      {sink_label_column, sink_label},
      measure(head_measure::sink_mass.of_type(type), &HeadStatistics::sink_mass),
      measure(head_measure::duplicate.of_type(type).where(repeats), &HeadStatistics::duplicate),
      measure(head_measure::induction.of_type(type).where(repeats), &HeadStatistics::induction)};
  if (options.gini) table.add(measure(head_measure::gini.of_type(type), &HeadStatistics::gini));
  table.add(measure(head_measure::distant.of_type(type).where(places), &HeadStatistics::distant));
  table.add(measure(head_measure::copy.of_type(type).where(repeats), &HeadStatistics::copy));
  if (!options.on_grid()) return table;
  table.add(measure(head_measure::grid_distance.of_type(type), &HeadStatistics::grid_distance));
  if (options.target.empty()) return table;
  table.add(measure(head_measure::spatial_entropy.of_type(type), &HeadStatistics::spatial_entropy));
  return table;
}

}  // namespace attngraph
