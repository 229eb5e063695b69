#include "report/questions/heads.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "attention/attention.hpp"
#include "attention/heads/head_statistics.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "report/answer/parallel_with_progress.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"

namespace attngraph {
namespace {

struct HeadRow {
  std::int64_t layer;
  HeadLabel head;
  HeadStatistics statistics;
};

/// A measure of a head as a column of its rows.
Table<HeadRow>::Entry measure(const std::string& name, double HeadStatistics::*value,
                              ColumnType type, Known known = Known::yes) {
  return {name, type, [value](const HeadRow& row) { return row.statistics.*value; }, known};
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
  Table<HeadRow> table{{"layer", integer, &HeadRow::layer},
                       {"head", label_type(about.fused), &HeadRow::head},
                       {"type", text, [](const HeadRow& row) { return head_type(row.statistics); }},
                       measure("entropy", &HeadStatistics::entropy, type),
                       measure("entropy_normalized", &HeadStatistics::entropy_normalized, type),
                       measure("support", &HeadStatistics::support, type),
                       measure("max_weight", &HeadStatistics::max_weight, type),
                       measure("distance", &HeadStatistics::distance, type, places),
                       measure("self", &HeadStatistics::self, type, places),
                       measure("previous", &HeadStatistics::previous, type, places),
                       measure("next", &HeadStatistics::next, type, places),
                       measure("first", &HeadStatistics::first, type),
                       measure("backward", &HeadStatistics::backward, type, places),
                       measure("forward", &HeadStatistics::forward, type, places),
                       {"sink_token", integer, sink_token},
                       {"sink_label", text, sink_label},
                       measure("sink_mass", &HeadStatistics::sink_mass, type),
                       measure("duplicate", &HeadStatistics::duplicate, type, repeats),
                       measure("induction", &HeadStatistics::induction, type, repeats)};
  if (options.gini) table.add(measure("gini", &HeadStatistics::gini, type));
  return table;
}

/// Places of a head are read from the smallest on, measures from the largest.
Order order_of(const Column& column) {
  const bool place = column.name == "layer" || column.name == "head";
  return place || column.type == ColumnType::text ? Order::rising : Order::falling;
}

void write(std::vector<HeadRow> rows, const Attention& attention, bool has_repeats,
           const HeadsOptions& options, Sink& sink) {
  const Table<HeadRow> table =
      head_table({attention.fused(), real_type(attention.single_precision()),
                  attention.cross() ? Known::no : Known::yes, has_repeats ? Known::yes : Known::no,
                  attention.key_labels()},
                 options);
  if (!options.sort.empty()) {
    const auto& by = table.column(options.sort, "$sort");
    table.sort(rows, by, order_of(by.column));
  }
  table.begin(sink);
  table.send(rows, sink);
  const auto sinks = std::count_if(rows.begin(), rows.end(), [](const HeadRow& row) {
    return row.statistics.sink_mass > sink_threshold;
  });
  sink.summary("sink_rate", static_cast<double>(sinks) / static_cast<double>(rows.size()));
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

/// Calls `work(i)` for every head: several at once, unless a single one keeps more threads busy.
void on_every_head(const Attention& attention, Sink& sink,
                   const std::function<void(std::size_t)>& work) {
  const std::size_t count = attention.layers() * attention.heads();
  if (!attention.rows_use_threads() || count >= worker_threads()) {
    return parallel_with_progress(count, sink, work);
  }
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
  if (!options.sort.empty()) head_table({}, options).column(options.sort, "$sort");
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
