#include "report/questions/segments.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "attention/attention.hpp"
#include "attention/parts/part_masses.hpp"
#include "attention/positions.hpp"
#include "core/error.hpp"
#include "core/text/text.hpp"
#include "report/answer/every_head.hpp"
#include "report/answer/picture.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"
#include "report/parts/heads/segment_tables.hpp"
#include "report/parts/token_places.hpp"

namespace attngraph {
namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

PartMasses masses_of(const Attention& attention, std::size_t l, std::size_t h, const Parts& parts) {
  PartTally tally(parts);
  attention.rows(l, h, [&](const RowBlock<double>& block) { tally.add(block); });
  return tally.finish();
}

/// The parts of one side that are asked for and have tokens there.
std::vector<std::size_t> shown_parts(const Parts& parts, const std::vector<std::int32_t>& side,
                                     const std::string& names, const std::string& option) {
  const std::vector<bool> wanted = parts.chosen(names, option);
  const auto sizes = part_sizes(side, parts.count());
  std::vector<std::size_t> shown;
  for (std::size_t part = 0; part < parts.count(); ++part) {
    if (wanted[part] && sizes[part] > 0) shown.push_back(part);
  }
  return shown;
}

/// A segment that somebody named and none of whose tokens is left has no row.
void note_lost(const Parts& parts, Sink& sink) {
  const auto queries = part_sizes(parts.queries, parts.count());
  const auto keys = part_sizes(parts.keys, parts.count());
  for (std::size_t part = 0; part < parts.count(); ++part) {
    if (queries[part] + keys[part] > 0) continue;
    sink.note("segment '" + shown_label(parts.names[part]) + "': all of its tokens are left out");
  }
}

struct BlockCell {
  double mass;
  double density;
};

/// The block matrix of every head: rows, or panels of a picture.
class BlockMatrix {
 public:
  BlockMatrix(const Attention& attention, const SegmentsOptions& options, Sink& sink)
      : attention_(attention),
        sink_(sink),
        parts_(parts_of(attention, options.parts)),
        from_(shown_parts(parts_, parts_.queries, options.from, "$from")),
        to_(shown_parts(parts_, parts_.keys, options.to, "$to")),
        table_(mass_table(attention.fused())) {
    note_lost(parts_, sink);
  }

  void rows() {
    table_.begin(sink_);
    visit([&](std::size_t l, std::size_t h, const std::vector<BlockCell>& cells) {
      std::vector<MassRow> rows;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        rows.push_back({attention_.layer_index(l), attention_.head_label(h),
                        parts_.names[from_[i / to_.size()]], parts_.names[to_[i % to_.size()]],
                        cells[i].mass, cells[i].density});
      }
      table_.send(rows, sink_);
    });
  }

  void picture() {
    constexpr std::size_t most_numbers = 12;
    HeatMap map;
    map.rows = from_.size();
    map.columns = to_.size();
    for (const std::size_t part : from_) map.row_labels.push_back(parts_.names[part]);
    for (const std::size_t part : to_) map.column_labels.push_back(parts_.names[part]);
    map.row_axis = "From";
    map.column_axis = "To";
    map.value_name = "mass";
    map.annotate = std::max(from_.size(), to_.size()) <= most_numbers;
    visit([&](std::size_t l, std::size_t h, const std::vector<BlockCell>& cells) {
      Panel panel;
      panel.title = "layer " + std::to_string(attention_.layer_index(l)) + ", head " +
                    text_of(attention_.head_label(h));
      for (const BlockCell& cell : cells) {
        panel.values.push_back(static_cast<float>(cell.mass));
      }
      map.panels.push_back(std::move(panel));
    });
    const bool table = attention_.is_full();
    map.panels_per_row = table ? attention_.heads() : near_square(map.panels.size());
    fit_range(map);
    Picture picture;
    picture.title = "Attention between parts of the text";
    picture.details.push_back("a row shows where the attention of one part goes");
    picture.layer = attention_.layer_index(0);
    picture.head = attention_.head_label(0);
    picture.content = std::move(map);
    sink_.picture(picture);
  }

 private:
  const Attention& attention_;
  Sink& sink_;
  Parts parts_;
  std::vector<std::size_t> from_;
  std::vector<std::size_t> to_;
  Table<MassRow> table_;

  template <typename Take>
  void visit(const Take& take) {
    heads_in_order(
        attention_, sink_,
        [&](std::size_t l, std::size_t h) {
          const PartMasses masses = masses_of(attention_, l, h, parts_);
          std::vector<BlockCell> cells;
          for (const std::size_t from : from_) {
            for (const std::size_t to : to_) {
              const auto row = static_cast<Index>(from), column = static_cast<Index>(to);
              cells.push_back({masses.mass(row, column), masses.density(row, column)});
            }
          }
          return cells;
        },
        take);
  }
};

/// Of one head, the ratio of each query that stands at `context` or behind it; NaN for rows of
/// zeros.
std::vector<double> lookbacks(const Attention& attention, std::size_t l, std::size_t h,
                              std::size_t context) {
  const std::size_t queries = attention.queries(), keys = attention.keys();
  const auto split = static_cast<Index>(context);
  std::vector<double> ratios;
  attention.rows(l, h, [&](const RowBlock<double>& block) {
    const Index end = block.first_key + block.weights.cols();
    const Index before = std::clamp<Index>(split - block.first_key, 0, block.weights.cols());
    for (Index r = 0; r < block.weights.rows(); ++r) {
      const std::size_t place =
          position_of(static_cast<std::size_t>(block.first_query + r), queries, keys);
      if (place < context) continue;
      const Index behind =
          std::clamp<Index>(static_cast<Index>(place) + 1 - block.first_key - before, 0,
                            end - block.first_key - before);
      const auto row = block.weights.row(r);
      const double c = row.head(before).sum() / static_cast<double>(context);
      const double w = row.segment(before, behind).sum() / static_cast<double>(place - context + 1);
      ratios.push_back(c + w > 0 ? c / (c + w) : no_number);
    }
  });
  return ratios;
}

void lookback_rows(const Attention& attention, const SegmentsOptions& options, Sink& sink) {
  if (!attention.causal() || attention.cross()) {
    throw InputError(attention.source(), "is not causal, and $lookback asks what came before",
                     "ask for the masses between $segments");
  }
  const TokenPlaces places = TokenPlaces::of_keys(attention);
  const std::size_t context = places.token_from(options.lookback, "$lookback");
  if (context == 0) {
    throw ArgumentError("$lookback", "is the first token, which has no context before it",
                        "name the first token behind the context");
  }
  const auto labels = attention.key_labels();
  const std::size_t first = std::max(context, attention.keys() - attention.queries());
  const Table<LookbackRow> table = lookback_table(attention.fused());
  table.begin(sink);
  double sum = 0;
  std::size_t count = 0;
  heads_in_order(
      attention, sink,
      [&](std::size_t l, std::size_t h) { return lookbacks(attention, l, h, context); },
      [&](std::size_t l, std::size_t h, const std::vector<double>& ratios) {
        std::vector<LookbackRow> rows;
        for (std::size_t i = 0; i < ratios.size(); ++i) {
          rows.push_back({attention.layer_index(l), attention.head_label(h),
                          places.place(first + i), labels[first + i], ratios[i]});
          if (std::isnan(ratios[i])) continue;
          sum += ratios[i];
          ++count;
        }
        table.send(rows, sink);
      });
  sink.summary(lookback_mean, count > 0 ? sum / static_cast<double>(count) : no_number);
}

/// The named parts in the order of their first tokens, without the rest.
std::vector<std::size_t> in_text_order(const Parts& parts) {
  std::vector<std::size_t> order;
  std::vector<bool> seen(parts.count(), false);
  for (const std::int32_t part : parts.keys) {
    if (part < 0 || seen[static_cast<std::size_t>(part)]) continue;
    seen[static_cast<std::size_t>(part)] = true;
    const bool rest = parts.has_rest && static_cast<std::size_t>(part) + 1 == parts.count();
    if (!rest) order.push_back(static_cast<std::size_t>(part));
  }
  return order;
}

void receiver_rows(const Attention& attention, const SegmentsOptions& options, Sink& sink) {
  if (attention.cross()) {
    throw InputError(attention.source(),
                     "is cross-attention, and $receiver asks what stands behind in one text");
  }
  const Parts parts = parts_of(attention, options.parts);
  note_lost(parts, sink);
  const auto order = in_text_order(parts);
  const auto verticals = [&](std::size_t l, std::size_t h) {
    const Matrix density = masses_of(attention, l, h, parts).density;
    const Vector scores = vertical_scores(density, order, *options.receiver_gap);
    return std::vector<double>(scores.begin(), scores.end());
  };
  if (!options.vertical) {
    const Table<KurtosisRow> table = kurtosis_table(attention.fused());
    table.begin(sink);
    return heads_in_order(
        attention, sink, verticals,
        [&](std::size_t l, std::size_t h, const std::vector<double>& scores) {
          table.send({attention.layer_index(l), attention.head_label(h), excess_kurtosis(scores)},
                     sink);
        });
  }
  const Table<VerticalRow> table = vertical_table(attention.fused());
  table.begin(sink);
  heads_in_order(attention, sink, verticals,
                 [&](std::size_t l, std::size_t h, const std::vector<double>& scores) {
                   std::vector<VerticalRow> rows;
                   for (std::size_t t = 0; t < order.size(); ++t) {
                     rows.push_back({attention.layer_index(l), attention.head_label(h),
                                     parts.names[order[t]], scores[t]});
                   }
                   table.send(rows, sink);
                 });
}

}  // namespace

AnswerColumns segments_columns(const SegmentsOptions& options) {
  if (!options.lookback.empty()) return {lookback_table(false).schema(), {lookback_mean}};
  if (options.vertical) return {vertical_table(false).schema()};
  if (options.receiver_gap) return {kurtosis_table(false).schema()};
  return {mass_table(false).schema()};
}

void segments_report(const Attention& attention, const SegmentsOptions& options, Sink& sink) {
  if (!options.lookback.empty()) return lookback_rows(attention, options, sink);
  if (options.receiver_gap) return receiver_rows(attention, options, sink);
  BlockMatrix blocks(attention, options, sink);
  is_seen(sink.form()) ? blocks.picture() : blocks.rows();
}

}  // namespace attngraph
