#include "report/questions/heads.hpp"

#include <algorithm>
#include <utility>

#include "attention/attention.hpp"
#include "attention/computed/attend.hpp"
#include "attention/heads/head_statistics.hpp"
#include "core/error.hpp"
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

struct Answered {
  bool fused = false;
  bool single_precision = false;
  bool repeats = false;
  std::vector<std::string> labels;
};

/// A measure of a head as a column of its rows.
Table<HeadRow>::Entry measure(const std::string& name, double HeadStatistics::*value,
                              ColumnType type, Known known = Known::yes) {
  return {name, type, [value](const HeadRow& row) { return row.statistics.*value; }, known};
}

Table<HeadRow> head_table(const Answered& about, const HeadsOptions& options) {
  using enum ColumnType;
  const ColumnType type = real_type(about.single_precision);
  const Known repeats = about.repeats ? Known::yes : Known::no;
  const auto sink_token = [](const HeadRow& row) { return row.statistics.sink_token; };
  const auto sink_label = [&labels = about.labels](const HeadRow& row) {
    return labels[row.statistics.sink_token];
  };
  Table<HeadRow> table{{"layer", integer, &HeadRow::layer},
                       {"head", label_type(about.fused), &HeadRow::head},
                       {"type", text, [](const HeadRow& row) { return head_type(row.statistics); }},
                       measure("entropy", &HeadStatistics::entropy, type),
                       measure("entropy_normalized", &HeadStatistics::entropy_normalized, type),
                       measure("support", &HeadStatistics::support, type),
                       measure("max_weight", &HeadStatistics::max_weight, type),
                       measure("distance", &HeadStatistics::distance, type),
                       measure("self", &HeadStatistics::self, type),
                       measure("previous", &HeadStatistics::previous, type),
                       measure("next", &HeadStatistics::next, type),
                       measure("first", &HeadStatistics::first, type),
                       measure("backward", &HeadStatistics::backward, type),
                       measure("forward", &HeadStatistics::forward, type),
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

void write(std::vector<HeadRow> rows, const Answered& about, const HeadsOptions& options,
           Sink& sink) {
  const Table<HeadRow> table = head_table(about, options);
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

/// Equal tokens mean something where queries are the last of the keys.
bool has_repeats(std::size_t queries, std::size_t keys, bool causal, bool tokens) {
  return tokens && (queries == keys || (causal && queries < keys));
}

/// One head of queries and keys; its rows exist a block at a time.
template <typename Scalar>
HeadStatistics streamed(const MultiHeadAttention& attention, std::size_t place, std::size_t head,
                        const HeadStatisticsOptions& options) {
  HeadTally tally(attention.queries(), attention.keys(), options);
  std::vector<double> row(attention.keys());
  attention.row_blocks<Scalar>(place, head, [&](const RowBlock<Scalar>& block) {
    std::fill(row.begin(), row.end(), 0.0);
    for (Index r = 0; r < block.weights.rows(); ++r) {
      std::copy_n(block.weights.row(r).data(), block.weights.cols(), row.begin() + block.first_key);
      tally.add_row(static_cast<std::size_t>(block.first_query + r), row);
    }
  });
  return tally.finish();
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

void heads_report(const AttentionStack& stack, const HeadsOptions& options, Sink& sink) {
  Answered about{stack.fused(), stack.single_precision(), false, stack.key_labels()};
  HeadStatisticsOptions counted{stack.causal(), options.gini, {}};
  about.repeats =
      has_repeats(stack.queries(), stack.keys(), counted.causal, !stack.tokens().empty());
  if (about.repeats) counted.token_classes = token_classes(stack.tokens());
  std::vector<HeadRow> rows(stack.layers() * stack.heads());
  parallel_with_progress(rows.size(), sink, [&](std::size_t i) {
    const std::size_t l = i / stack.heads(), h = i % stack.heads();
    rows[i] = {stack.layer_index(l), stack.head_label(h),
               head_statistics(stack.head(l, h), counted)};
  });
  write(std::move(rows), about, options, sink);
}

void heads_report(const MultiHeadAttention& attention, const std::vector<std::string>& tokens,
                  const HeadsOptions& options, Sink& sink) {
  if (!tokens.empty() && tokens.size() != attention.keys()) {
    throw InputError("$tokens", "has " + std::to_string(tokens.size()) + " tokens, expected " +
                                    std::to_string(attention.keys()) + ", one for each key");
  }
  if (attention.leading() == Leading::batch && attention.places() > 1) {
    throw ArgumentError(
        "$query", "holds " + std::to_string(attention.places()) + " batch items, expected one",
        "choose one with $batch");
  }
  Answered about{false, attention.single_precision(), false, tokens};
  for (std::size_t k = tokens.size(); k < attention.keys(); ++k) {
    about.labels.push_back(std::to_string(k));
  }
  HeadStatisticsOptions counted{attention.causal(), options.gini, {}};
  about.repeats =
      has_repeats(attention.queries(), attention.keys(), counted.causal, !tokens.empty());
  if (about.repeats) counted.token_classes = token_classes(tokens);
  for (const std::string& note : attention.notes()) sink.note(note);
  const std::size_t total = attention.chosen_places().size() * attention.chosen_heads().size();
  std::vector<HeadRow> rows;
  for (const std::size_t place : attention.chosen_places()) {
    for (const std::size_t head : attention.chosen_heads()) {
      sink.progress(rows.size(), total);
      const HeadStatistics statistics = attention.single_precision()
                                            ? streamed<float>(attention, place, head, counted)
                                            : streamed<double>(attention, place, head, counted);
      rows.push_back(
          {static_cast<std::int64_t>(place), static_cast<std::int64_t>(head), statistics});
    }
  }
  write(std::move(rows), about, options, sink);
}

}  // namespace attngraph
