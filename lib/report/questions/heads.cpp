#include "report/questions/heads.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include "attention/attention.hpp"
#include "attention/computed/attend.hpp"
#include "attention/heads/head_statistics.hpp"
#include "core/error.hpp"
#include "report/answer/parallel_with_progress.hpp"
#include "report/answer/sink.hpp"

namespace attngraph {
namespace {

struct HeadRow {
  std::int64_t layer;
  HeadLabel head;
  HeadStatistics statistics;
};

struct RealColumn {
  std::string name;
  double HeadStatistics::*value;
};

const std::vector<RealColumn>& columns_before_sink() {
  static const std::vector<RealColumn> columns{
      {"entropy", &HeadStatistics::entropy},
      {"entropy_normalized", &HeadStatistics::entropy_normalized},
      {"support", &HeadStatistics::support},
      {"max_weight", &HeadStatistics::max_weight},
      {"distance", &HeadStatistics::distance},
      {"self", &HeadStatistics::self},
      {"previous", &HeadStatistics::previous},
      {"next", &HeadStatistics::next},
      {"first", &HeadStatistics::first},
      {"backward", &HeadStatistics::backward},
      {"forward", &HeadStatistics::forward}};
  return columns;
}

/// The rows of the answer as columns, and the order in which they are shown.
class HeadTable {
 public:
  HeadTable(std::vector<HeadRow> rows, bool single_precision)
      : rows_(std::move(rows)), real_(single_precision ? ColumnType::real32 : ColumnType::real) {}

  void integers(const std::string& name, auto&& value_of) {
    std::vector<std::int64_t> values;
    for (const HeadRow& row : rows_) values.push_back(value_of(row));
    add({name, ColumnType::integer}, std::move(values));
  }
  void texts(const std::string& name, auto&& value_of) {
    std::vector<std::string> values;
    for (const HeadRow& row : rows_) values.push_back(value_of(row));
    add({name, ColumnType::text}, std::move(values));
  }
  void reals(const RealColumn& column) {
    std::vector<double> values;
    for (const HeadRow& row : rows_) values.push_back(row.statistics.*column.value);
    if (real_ == ColumnType::real) return add({column.name, real_}, std::move(values));
    add({column.name, real_}, std::vector<float>(values.begin(), values.end()));
  }

  void sort_by(const std::string& name) {
    std::string names;
    for (std::size_t i = 0; i < schema_.size(); ++i) {
      if (schema_[i].name == name) return sort_by(i);
      names += (i > 0 ? ", " : "") + schema_[i].name;
    }
    throw ArgumentError("$sort", "there is no column '" + name + "'", "columns are " + names);
  }

  const Schema& schema() const { return schema_; }
  const Chunk& chunk() const { return chunk_; }

 private:
  std::vector<HeadRow> rows_;
  ColumnType real_;
  Schema schema_;
  Chunk chunk_;

  void add(Column column, Values values) {
    schema_.push_back(std::move(column));
    chunk_.push_back(std::move(values));
  }

  /// Places of a head are read from the smallest on, measures from the largest.
  void sort_by(std::size_t column) {
    std::vector<std::size_t> order(rows_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const bool rising = column < 2 || schema_[column].type == ColumnType::text;
    std::visit(
        [&](const auto& values) {
          std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return rising ? values[a] < values[b] : values[b] < values[a];
          });
        },
        chunk_[column]);
    for (Values& values : chunk_) {
      std::visit(
          [&](auto& all) {
            std::remove_reference_t<decltype(all)> sorted;
            for (const std::size_t i : order) sorted.push_back(all[i]);
            all = std::move(sorted);
          },
          values);
    }
  }
};

struct Answered {
  bool fused = false;
  bool single_precision = false;
  bool repeats = false;
  std::vector<std::string> labels;
};

void write(const std::vector<HeadRow>& rows, const Answered& about, const HeadsOptions& options,
           Sink& sink) {
  HeadTable table(rows, about.single_precision);
  table.integers("layer", [](const HeadRow& row) { return row.layer; });
  if (about.fused) {
    table.texts("head", [](const HeadRow& row) { return std::get<std::string>(row.head); });
  } else {
    table.integers("head", [](const HeadRow& row) { return std::get<std::int64_t>(row.head); });
  }
  table.texts("type", [](const HeadRow& row) { return head_type(row.statistics); });
  for (const RealColumn& column : columns_before_sink()) table.reals(column);
  table.integers("sink_token", [](const HeadRow& row) {
    return static_cast<std::int64_t>(row.statistics.sink_token);
  });
  table.texts("sink_label",
              [&](const HeadRow& row) { return about.labels[row.statistics.sink_token]; });
  table.reals({"sink_mass", &HeadStatistics::sink_mass});
  if (about.repeats) {
    table.reals({"duplicate", &HeadStatistics::duplicate});
    table.reals({"induction", &HeadStatistics::induction});
  }
  if (options.gini) table.reals({"gini", &HeadStatistics::gini});
  if (!options.sort.empty()) table.sort_by(options.sort);

  sink.begin_rows(table.schema());
  sink.rows(table.chunk());
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
  write(rows, about, options, sink);
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
  write(rows, about, options, sink);
}

}  // namespace attngraph
