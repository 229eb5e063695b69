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
#include "report/parts/head_map.hpp"

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

const Column type_column{
    .name = "type",
    .type = ColumnType::text,
    .about = "kind of head, by the numbers beside it: the first of the rules that holds",
    .rank = 0};
const Column entropy_column{
    .name = "entropy",
    .about = "how widely a row is spread, in nats: 0 on one key, ln n evenly on n; mean over rows",
    .formula = "H = -Σ_k w ln w"};
const Column entropy_normalized_column{
    .name = "entropy_normalized",
    .about =
        "entropy over that of a row spread evenly over the keys it sees: 0 to 1; mean over rows",
    .rank = 5,
    .formula = "H / ln(keys that the row sees), over rows that see two or more"};
const Column support_column{
    .name = "support",
    .about = "as many keys, evenly weighted, have this entropy; mean over rows",
    .rank = 4,
    .formula = "exp(H)"};
const Column max_weight_column{
    .name = "max_weight", .about = "largest weight of a row; mean over rows", .rank = 4};
const Column distance_column{.name = "distance",
                             .about = "how many tokens away a row looks; mean over rows",
                             .formula = "Σ_k w |q - k|"};
const Column self_column{
    .name = "self", .about = "share of its attention that a token gives itself; mean over rows"};
const Column previous_column{
    .name = "previous",
    .about = "share that goes to the token just before; mean over rows that have one"};
const Column next_column{
    .name = "next",
    .about = "share that goes to the token just behind; mean over rows that have one"};
const Column first_column{
    .name = "first", .about = "share that goes to the first token; mean over rows", .rank = 3};
const Column backward_column{
    .name = "backward", .about = "share that goes to all tokens before; mean over rows", .rank = 6};
const Column forward_column{
    .name = "forward", .about = "share that goes to all tokens behind; mean over rows", .rank = 6};
const Column sink_token_column{
    .name = "sink_token",
    .type = ColumnType::integer,
    .about = "key with the largest mean attention, among those that half of the queries see",
    .rank = 2};
const Column sink_mass_column{
    .name = "sink_mass",
    .about = "mean attention to the sink of the queries that see it; above 0.3 it is one",
    .rank = 0,
    .formula = "max_k mean_q A[q, k] over queries q that see k, keys k seen by half of them",
    .paper = "Xiao et al. 2024; Gu et al. 2025 for the threshold"};
const Column duplicate_column{
    .name = "duplicate",
    .about = "share that goes to earlier occurrences of the token itself; mean over rows",
    .rank = 3,
    .formula = "Σ A[q, j] over j < q with the token of q"};
const Column induction_column{
    .name = "induction",
    .about = "share that goes to what followed earlier occurrences of the token; mean over rows",
    .rank = 3,
    .formula = "Σ A[q, j + 1] over j < q with the token of q",
    .paper = "Olsson et al. 2022"};
const Column gini_column{
    .name = "gini",
    .about = "how unequal the weights of a row are: 0 all alike, near 1 all on one; mean over rows",
    .rank = 3};
const Column sink_rate_column{.name = "sink_rate",
                              .about = "share of the heads above whose sink_mass is over 0.3",
                              .paper = "Gu et al. 2025"};

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
  Table<HeadRow> table{
      {columns::layer, &HeadRow::layer},
      {columns::head(about.fused), &HeadRow::head},
      {type_column, [](const HeadRow& row) { return head_type(row.statistics); }},
      measure(entropy_column.of_type(type), &HeadStatistics::entropy),
      measure(entropy_normalized_column.of_type(type), &HeadStatistics::entropy_normalized),
      measure(support_column.of_type(type), &HeadStatistics::support),
      measure(max_weight_column.of_type(type), &HeadStatistics::max_weight),
      measure(distance_column.of_type(type).where(places), &HeadStatistics::distance),
      measure(self_column.of_type(type).where(places), &HeadStatistics::self),
      measure(previous_column.of_type(type).where(places), &HeadStatistics::previous),
      measure(next_column.of_type(type).where(places), &HeadStatistics::next),
      measure(first_column.of_type(type), &HeadStatistics::first),
      measure(backward_column.of_type(type).where(places), &HeadStatistics::backward),
      measure(forward_column.of_type(type).where(places), &HeadStatistics::forward),
      {sink_token_column, sink_token},
      {columns::label(sink_token_column, "sink_label"), sink_label},
      measure(sink_mass_column.of_type(type), &HeadStatistics::sink_mass),
      measure(duplicate_column.of_type(type).where(repeats), &HeadStatistics::duplicate),
      measure(induction_column.of_type(type).where(repeats), &HeadStatistics::induction)};
  if (options.gini) table.add(measure(gini_column.of_type(type), &HeadStatistics::gini));
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
  sink.summary(sink_rate_column, static_cast<double>(sinks) / static_cast<double>(rows.size()));
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

std::string head_type(const HeadStatistics& head) {
  constexpr double on_one_place = 0.4, around = 0.5, on_repeats = 0.3, spread = 0.8;
  if (head.previous >= on_one_place) return "previous";
  if (head.next >= on_one_place) return "next";
  if (head.self >= on_one_place) return "self";
  if (head.sink_mass > sink_threshold) return "sink";
  if (head.previous + head.self + head.next >= around) return "local";
  if (head.induction >= on_repeats) return "induction";
  if (head.duplicate >= on_repeats) return "duplicate";
  if (head.entropy_normalized >= spread) return "broad";
  return "mixed";
}

void check_options(const HeadsOptions& options) {
  color_column(head_table({}, options), options.color_by);
}

AnswerColumns heads_columns(const HeadsOptions& options) {
  return {.columns = head_table({}, options).schema(),
          .summary = {sink_rate_column},
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
