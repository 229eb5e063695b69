#include "report/questions/heads.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "attention/attention.hpp"
#include "attention/heads/head_statistics.hpp"
#include "core/error.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/every_head.hpp"
#include "report/answer/parallel_with_progress.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"
#include "report/drawn/head_map.hpp"
#include "report/parts/head_measures.hpp"
#include "report/parts/head_type.hpp"

namespace attngraph {
namespace {

struct HeadRow {
  std::int64_t layer;
  HeadLabel head;
  HeadStatistics statistics;
};

/// A measure of a head as a column of its rows.
Table<HeadRow>::Entry measure(const Column& column, double HeadStatistics::*value) {
  return {column, [value](const HeadRow& row) { return row.statistics.*value; }};
}

/// What the columns depend on.
struct About {
  bool fused = false;
  ColumnType type = ColumnType::real;
  /// What needs queries and keys of one sequence, and what needs tokens, too.
  Known places = Known::yes;
  Known repeats = Known::yes;
  std::vector<std::string> labels;
};

Table<HeadRow> head_table(const About& about, const HeadsOptions& options) {
  using enum ColumnType;
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
  return table;
}

std::vector<double> numbers_of(const Values& values) {
  return std::visit(
      [](const auto& cells) -> std::vector<double> {
        using Cells = std::decay_t<decltype(cells)>;
        if constexpr (std::is_same_v<Cells, Unknown> ||
                      std::is_same_v<Cells, std::vector<std::string>>) {
          return {};
        } else {
          return {cells.begin(), cells.end()};
        }
      },
      values);
}

/// @throws ArgumentError where there is no such column of numbers
const Table<HeadRow>::Entry& color_column(const Table<HeadRow>& table, const std::string& name) {
  const auto& by = table.column(name, "$color-by");
  const bool number = by.column.type != ColumnType::text && name != "layer" && name != "head";
  if (number) return by;
  throw ArgumentError("$color-by", name + " is no measure, expected a column of numbers",
                      "such as sink_mass, entropy, distance");
}

/// All heads as a map.
Picture atlas(const std::vector<HeadRow>& rows, const Attention& attention,
              const Table<HeadRow>& table, const std::string& color_by) {
  const auto& by = color_column(table, color_by);
  HeadMapValues shown{by.column.name, numbers_of(by.values(rows))};
  std::vector<std::string> types;
  types.reserve(rows.size());
  for (const HeadRow& row : rows) types.push_back(head_type(row.statistics));
  set_signs(shown, types);
  Picture picture = head_map(attention, std::move(shown));
  picture.title = "What each head does";
  picture.details.push_back(by.column.name + ": " + std::string(by.column.about));
  return picture;
}

void write(std::vector<HeadRow> rows, const Attention& attention, bool has_repeats,
           const HeadsOptions& options, Sink& sink) {
  const Table<HeadRow> table =
      head_table({attention.fused(), real_type(attention.single_precision()),
                  attention.cross() ? Known::no : Known::yes, has_repeats ? Known::yes : Known::no,
                  attention.key_labels()},
                 options);
  if (is_seen(sink.form())) return sink.picture(atlas(rows, attention, table, options.color_by));
  table.begin(sink);
  table.send(rows, sink);
  const auto sinks = std::count_if(rows.begin(), rows.end(), [](const HeadRow& row) {
    return row.statistics.sink_mass > sink_threshold;
  });
  sink.summary(head_measure::sink_rate,
               static_cast<double>(sinks) / static_cast<double>(rows.size()));
}

/// Equal tokens mean something where queries and keys are of one sequence.
bool has_repeats(const Attention& attention) {
  return !attention.tokens().empty() && !attention.cross();
}

/// Keys of another sequence have no place before or behind a query.
void forget_places(HeadStatistics& statistics) {
  for (double HeadStatistics::*measure :
       {&HeadStatistics::distance, &HeadStatistics::self, &HeadStatistics::previous,
        &HeadStatistics::next, &HeadStatistics::backward, &HeadStatistics::forward}) {
    statistics.*measure = 0;
  }
}

/// One head, whose rows exist a block at a time.
HeadStatistics statistics_of(const Attention& attention, std::size_t l, std::size_t h,
                             const HeadStatisticsOptions& options) {
  HeadTally tally(attention.queries(), attention.keys(), options);
  std::vector<double> filled(attention.keys());
  const auto keys = static_cast<Index>(attention.keys());
  attention.rows(l, h, [&](const RowBlock<double>& block) {
    std::fill(filled.begin(), filled.end(), 0.0);
    for (Index r = 0; r < block.weights.rows(); ++r) {
      const double* row = block.weights.row(r).data();
      if (block.weights.cols() < keys) {
        std::copy_n(row, block.weights.cols(), filled.begin() + block.first_key);
        row = filled.data();
      }
      tally.add_row(static_cast<std::size_t>(block.first_query + r), {row, attention.keys()});
    }
  });
  HeadStatistics statistics = tally.finish();
  if (attention.cross()) forget_places(statistics);
  return statistics;
}

/// Calls `work(i)` for every head.
void on_every_head(const Attention& attention, Sink& sink,
                   const std::function<void(std::size_t)>& work) {
  const std::size_t count = attention.layers() * attention.heads();
  if (!one_head_at_a_time(attention)) return parallel_with_progress(count, sink, work);
  for (std::size_t i = 0; i < count; ++i) {
    sink.progress(i, count);
    work(i);
  }
}

}  // namespace

void check_options(const HeadsOptions& options) {
  color_column(head_table({}, options), options.color_by);
}

AnswerColumns heads_columns(const HeadsOptions& options) {
  return {.columns = head_table({}, options).schema(),
          .summary = {head_measure::sink_rate},
          .together = OrderedTogether::all};
}

void heads_report(const Attention& attention, const HeadsOptions& options, Sink& sink) {
  HeadStatisticsOptions counted{attention.causal(), options.gini, {}};
  const bool repeats = has_repeats(attention);
  if (repeats) counted.token_classes = token_classes(attention.tokens());
  std::vector<HeadRow> rows(attention.layers() * attention.heads());
  on_every_head(attention, sink, [&](std::size_t i) {
    const std::size_t l = i / attention.heads(), h = i % attention.heads();
    rows[i] = {attention.layer_index(l), attention.head_label(h),
               statistics_of(attention, l, h, counted)};
  });
  write(std::move(rows), attention, repeats, options, sink);
}

}  // namespace attngraph
