#include "report/questions/topology.hpp"

#include <cstdint>
#include <utility>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "metrics/topology/component_bars.hpp"
#include "metrics/topology/loop_bars.hpp"
#include "report/answer/every_head.hpp"
#include "report/answer/sink.hpp"
#include "report/drawn/heads/betti_curves.hpp"
#include "report/drawn/heads/head_barcodes.hpp"
#include "report/drawn/heads/head_map.hpp"
#include "report/parts/heads/topology_tables.hpp"
#include "report/parts/missing_queries.hpp"
#include "report/parts/prompt_split.hpp"

namespace attngraph {
namespace {

/// Both dimensions of one head, by dimension, birth and death.
std::vector<PersistenceBar> bars_of(const Attention& attention, std::size_t l, std::size_t h,
                                    const TopologyOptions& options) {
  std::vector<PersistenceBar> bars = component_bars(attention, l, h);
  if (options.dimension == 0) return bars;
  const auto loops = loop_bars(attention, l, h);
  bars.insert(bars.end(), loops.begin(), loops.end());
  return bars;
}

/// A value of each head as a map.
void send_map(const Attention& attention, std::string name, std::string title,
              std::vector<double> values, Sink& sink) {
  Picture picture = head_map(attention, {std::move(name), std::move(values)});
  picture.title = std::move(title);
  sink.picture(picture);
}

void shape_answer(const Attention& attention, const TopologyOptions& options, Sink& sink) {
  struct Numbers {
    BarStatistics h0, h1;
  };
  const bool seen = is_seen(sink.form());
  const Table<ShapeRow> table = shape_table(attention.fused(), options.dimension);
  if (!seen) table.begin(sink);
  std::vector<double> means;
  heads_in_order(
      attention, sink,
      [&](std::size_t l, std::size_t h) {
        Numbers found{bar_statistics(component_bars(attention, l, h)), {}};
        if (options.dimension > 0) found.h1 = bar_statistics(loop_bars(attention, l, h));
        return std::vector<Numbers>{found};
      },
      [&](std::size_t l, std::size_t h, const std::vector<Numbers>& found) {
        const auto& [h0, h1] = found.front();
        means.push_back(h0.mean);
        if (!seen) table.send({attention.layer_index(l), attention.head_label(h), h0, h1}, sink);
      });
  if (seen) send_map(attention, "h0_mean", "How far apart tokens are", means, sink);
}

void bars_answer(const Attention& attention, const TopologyOptions& options, Sink& sink) {
  const bool seen = is_seen(sink.form());
  const Table<PersistenceRow> table = bar_table(attention.fused());
  HeadBarcodes picture(attention, options.dimension);
  if (!seen) table.begin(sink);
  heads_in_order(
      attention, sink,
      [&](std::size_t l, std::size_t h) { return bars_of(attention, l, h, options); },
      [&](std::size_t l, std::size_t h, const std::vector<PersistenceBar>& bars) {
        if (seen) return picture.add(l, h, bars);
        std::vector<PersistenceRow> rows;
        rows.reserve(bars.size());
        for (const PersistenceBar& bar : bars) {
          rows.push_back({attention.layer_index(l), attention.head_label(h), bar});
        }
        table.send(rows, sink);
      });
  if (seen) sink.picture(std::move(picture).picture());
}

void betti_answer(const Attention& attention, const JoinedFrom& from, Sink& sink) {
  const bool seen = is_seen(sink.form());
  const Table<BettiRow> table = betti_table(attention.fused(), from.share);
  BettiCurves curves(attention, from.thresholds);
  if (!seen) table.begin(sink);
  heads_in_order(
      attention, sink,
      [&](std::size_t l, std::size_t h) {
        if (!from.share) return betti_numbers(attention, l, h, from.thresholds);
        return std::vector<BettiNumbers>{share_betti_numbers(attention, l, h)};
      },
      [&](std::size_t l, std::size_t h, const std::vector<BettiNumbers>& found) {
        if (seen) return curves.add(l, h, found);
        std::vector<BettiRow> rows;
        for (std::size_t i = 0; i < found.size(); ++i) {
          rows.push_back({attention.layer_index(l), attention.head_label(h),
                          from.share ? 0 : from.thresholds[i], found[i]});
        }
        table.send(rows, sink);
      });
  if (seen) sink.picture(std::move(curves).picture());
}

void split_answer(const Attention& attention, const TopologyOptions& options, Sink& sink) {
  const PromptSplit split = prompt_split(attention, options.split, options.parts, "$split");
  const bool seen = is_seen(sink.form());
  const Table<SplitRow> table = split_table(attention.fused());
  if (!seen) table.begin(sink);
  std::vector<double> values;
  heads_in_order(
      attention, sink,
      [&](std::size_t l, std::size_t h) {
        const auto bars = component_bars(attention, l, h, split.part, split.response + 1);
        return std::vector<double>{bar_statistics(bars).sum};
      },
      [&](std::size_t l, std::size_t h, const std::vector<double>& found) {
        const double per_token = found.front() / static_cast<double>(split.response);
        values.push_back(per_token);
        if (seen) return;
        table.send({attention.layer_index(l), attention.head_label(h), found.front(), per_token},
                   sink);
      });
  if (seen) {
    send_map(attention, "mtop_div_per_token", "How far the response is from the prompt", values,
             sink);
  }
}

void check(const Attention& attention, const TopologyOptions& options) {
  if (attention.cross()) {
    throw InputError(attention.source(),
                     "is cross-attention, and distances are those of tokens of one text",
                     "ask about parts of both texts by the command segments with $segments");
  }
  if (options.dimension > 0 && attention.keys() > options.max_tokens) {
    throw LimitError(attention.source(),
                     "has " + std::to_string(attention.keys()) +
                         " tokens, and loops are found of " + std::to_string(options.max_tokens) +
                         " at most ($max-tokens)",
                     "time and memory grow with the cube of the tokens; $max-tokens raises the "
                     "limit, $dimension 0 has none");
  }
}

}  // namespace

AnswerColumns topology_columns(const TopologyOptions& options) {
  if (!options.split.empty()) return {split_table(false).schema()};
  if (options.betti) return {betti_table(false, options.betti->share).schema()};
  if (options.bars) return {bar_table(false).schema()};
  return {shape_table(false, options.dimension).schema()};
}

void topology_report(const Attention& attention, const TopologyOptions& options, Sink& sink) {
  check(attention, options);
  note_missing_queries(attention, sink);
  if (!options.split.empty()) return split_answer(attention, options, sink);
  if (options.betti) return betti_answer(attention, *options.betti, sink);
  options.bars ? bars_answer(attention, options, sink) : shape_answer(attention, options, sink);
}

}  // namespace attngraph
