#include "report/questions/heads.hpp"

#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "attention/attention.hpp"
#include "attention/heads/head_statistics.hpp"
#include "attention/stored/stored_rows.hpp"
#include "core/error.hpp"
#include "core/named_range.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/every_head.hpp"
#include "report/answer/parallel_with_progress.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"
#include "report/drawn/heads/head_colors.hpp"
#include "report/drawn/heads/head_map.hpp"
#include "report/parts/heads/head_measures.hpp"
#include "report/parts/heads/head_offsets.hpp"
#include "report/parts/heads/head_table.hpp"
#include "report/parts/heads/head_type.hpp"
#include "report/parts/token_choice.hpp"
#include "report/parts/token_places.hpp"

namespace attngraph {
namespace {

constexpr const char* color_columns = "sink_mass, entropy, distance";

/// All heads as a map.
Picture atlas(const std::vector<HeadRow>& rows, const Attention& attention,
              const Table<HeadRow>& table, const std::string& color_by) {
  const auto& by = color_column(table, color_by, color_columns);
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

/// Equal tokens mean something where queries and keys are of one sequence.
bool has_repeats(const Attention& attention) {
  return !attention.tokens().empty() && !attention.cross();
}

void write(std::vector<HeadRow> rows, const Attention& attention, const HeadsOptions& options,
           Sink& sink) {
  const Table<HeadRow> table =
      head_table({attention.fused(), real_type(attention.single_precision()),
                  attention.cross() ? Known::no : Known::yes,
                  has_repeats(attention) ? Known::yes : Known::no, attention.key_labels()},
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

/// Keys of another sequence have no place before or behind a query.
void forget_places(HeadStatistics& statistics) {
  for (double HeadStatistics::*measure :
       {&HeadStatistics::distance, &HeadStatistics::self, &HeadStatistics::previous,
        &HeadStatistics::next, &HeadStatistics::backward, &HeadStatistics::forward,
        &HeadStatistics::distant}) {
    statistics.*measure = 0;
  }
}

/// Adds the rows of a head that lies in a file.
void add_stored_rows(const Tensor& head, HeadTally& tally) {
  StoredRows rows(head);
  for (std::size_t q = 0; q < rows.rows(); ++q) tally.add_row(q, rows.row(q));
}

/// The same of one whose rows are made, a block at a time.
void add_made_rows(const Attention& attention, std::size_t l, std::size_t h, HeadTally& tally) {
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
      tally.add_row(static_cast<std::size_t>(block.first_query + r),
                    std::span(row, attention.keys()));
    }
  });
}

HeadStatistics statistics_of(const Attention& attention, std::size_t l, std::size_t h,
                             const HeadStatisticsOptions& options) {
  HeadTally tally(attention.queries(), attention.keys(), options);
  if (attention.lies_in_file()) {
    add_stored_rows(attention.numbers(l, h), tally);
  } else {
    add_made_rows(attention, l, h, tally);
  }
  HeadStatistics statistics = tally.finish();
  if (attention.cross()) forget_places(statistics);
  return statistics;
}

/// Marks the tokens of a range of the file.
std::vector<char> marked(const NamedRange& range, const TokenPlaces& places, std::size_t tokens,
                         const std::string& option) {
  if (range.last >= places.count()) {
    throw ArgumentError(option, "ends at token " + std::to_string(range.last) + ", but there are " +
                                    std::to_string(places.count()) + " tokens");
  }
  std::vector<char> marks(tokens, 0);
  for (std::size_t place = range.first; place <= range.last; ++place) {
    if (const auto token = places.at(place)) marks[*token] = 1;
  }
  if (std::find(marks.begin(), marks.end(), 1) != marks.end()) return marks;
  throw ArgumentError(option, "names tokens that are all left out");
}

CopyPlaces copy_places(const Attention& attention, const HeadsOptions& options) {
  if (!options.copied_from) return {};
  if (!has_repeats(attention)) {
    throw ArgumentError("$from", "is about copied tokens, and there are none",
                        "give the tokens with $tokens FILE");
  }
  const TokenPlaces places = TokenPlaces::of_keys(attention);
  return {marked(*options.response, places, attention.keys(), "$from"),
          marked(*options.copied_from, places, attention.keys(), "$to")};
}

/// How tokens lie on an image, where that is asked for, into what is counted.
void take_grid(const Attention& attention, const HeadsOptions& options,
               HeadStatisticsOptions& counted, Sink& sink) {
  if (!options.on_grid()) return;
  if (attention.cross() || attention.queries() != attention.keys()) {
    throw InputError(attention.source(),
                     "has other queries than keys, and $grid asks about patches that are both");
  }
  counted.grid = patch_grid(attention.keys(), attention.tokens(), options.grid);
  sink.note(grid_text(*counted.grid));
  if (options.target.empty()) return;
  const TokenPlaces places = TokenPlaces::of_queries(attention);
  counted.target = places.at(token_choice(options.target, places.labels(), "$target"));
  if (!counted.target) throw ArgumentError("$target", "is a token that is left out");
}

/// What is counted of every head.
HeadStatisticsOptions counted_of(const Attention& attention, const HeadsOptions& options,
                                 Sink& sink) {
  HeadStatisticsOptions counted{.causal = attention.causal(), .gini = options.gini};
  if (!counted.causal) counted.seen_keys = attention.seen_keys();
  if (has_repeats(attention)) counted.token_classes = token_classes(attention.tokens());
  counted.copy = copy_places(attention, options);
  take_grid(attention, options, counted, sink);
  return counted;
}

/// Calls `work(i)` for each of `count` heads.
void on_every_head(const Attention& attention, std::size_t count, Sink& sink,
                   const std::function<void(std::size_t)>& work) {
  if (!one_head_at_a_time(attention)) return parallel_with_progress(count, sink, work);
  for (std::size_t i = 0; i < count; ++i) {
    sink.progress(i, count);
    work(i);
  }
}

}  // namespace

void check_options(const HeadsOptions& options) {
  color_column(head_table({}, options), options.color_by, color_columns);
}

AnswerColumns heads_columns(const HeadsOptions& options) {
  if (options.offsets) return {.columns = head_offsets_schema()};
  return {.columns = head_table({}, options).schema(),
          .summary = {head_measure::sink_rate},
          .together = OrderedTogether::all};
}

void heads_report(const Attention& attention, const HeadsOptions& options, Sink& sink) {
  if (options.offsets) return head_offsets_report(attention, sink);
  const HeadStatisticsOptions counted = counted_of(attention, options, sink);
  const std::vector<SelectedHead> heads = attention.present();
  std::vector<HeadRow> rows(heads.size());
  on_every_head(attention, heads.size(), sink, [&](std::size_t i) {
    const auto& [l, h] = heads[i];
    rows[i] = {attention.layer_index(l), attention.head_label(h),
               statistics_of(attention, l, h, counted)};
  });
  write(std::move(rows), attention, options, sink);
}

}  // namespace attngraph
