#include "report/questions/pairs.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "attention/pairs/pair_ranking.hpp"
#include "core/error.hpp"
#include "report/answer/every_head.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"
#include "report/parts/known_pairs.hpp"
#include "report/parts/missing_queries.hpp"
#include "report/parts/token_places.hpp"

namespace attngraph {
namespace {

struct PairRow {
  std::int64_t layer;
  HeadLabel head;
  std::size_t rank;
  std::size_t a;
  std::size_t b;
  std::string a_label;
  std::string b_label;
  double score;
  std::int64_t known;
};

const Column a_column{.name = "a",
                      .type = ColumnType::integer,
                      .about = "one token of the pair, the query of a directed one, from 0",
                      .rank = 0};
const Column b_column{.name = "b",
                      .type = ColumnType::integer,
                      .about = "the other token, the key of a directed pair, from 0",
                      .rank = 0};

Table<PairRow> pair_table(bool fused, bool known) {
  using enum ColumnType;
  Table<PairRow> table{
      {columns::layer, &PairRow::layer},
      {columns::head(fused), &PairRow::head},
      {{.name = "rank", .type = integer, .about = "place among the pairs of the head, from 1"},
       &PairRow::rank},
      {a_column, &PairRow::a},
      {b_column, &PairRow::b},
      {columns::label_of(a_column), &PairRow::a_label},
      {columns::label_of(b_column), &PairRow::b_label},
      {{.name = "score",
        .about = "attention between the two beyond what each has with all others",
        .rank = 0,
        .formula = "F'_ab = F_ab - F_a. F_.b / F_.., F = A + Aᵀ",
        .paper = "Dunn et al. 2008; for attention Rao et al. 2021 (ESM)"},
       &PairRow::score}};
  if (known) {
    table.add({{.name = "known",
                .type = integer,
                .about = "1 where the pair is among the known ones",
                .rank = 0},
               &PairRow::known});
  }
  return table;
}

struct SummaryRow {
  std::int64_t layer;
  HeadLabel head;
  PairSummary found;
};

Table<SummaryRow>::Entry number(Column column, double PairSummary::*value) {
  return {std::move(column), [value](const SummaryRow& row) { return row.found.*value; }};
}

Table<SummaryRow> summary_table(bool fused) {
  using enum ColumnType;
  return {{columns::layer, &SummaryRow::layer},
          {columns::head(fused), &SummaryRow::head},
          {{.name = "pairs", .type = integer, .about = "pairs that are far enough from each other"},
           [](const SummaryRow& row) { return row.found.pairs; }},
          {{.name = "known", .type = integer, .about = "how many of them are known"},
           [](const SummaryRow& row) { return row.found.known; }},
          number({.name = "precision_L",
                  .about = "share of known ones among the first L pairs, L the tokens of the text",
                  .rank = 0},
                 &PairSummary::precision_l),
          number({.name = "precision_L2", .about = "the same among the first L/2 pairs"},
                 &PairSummary::precision_l2),
          number({.name = "precision_L5", .about = "the same among the first L/5 pairs"},
                 &PairSummary::precision_l5),
          number({.name = "auc",
                  .about = "how often a known pair scores higher than another one: 0.5 by chance",
                  .rank = 0,
                  .formula = "U / (known · others), ties half"},
                 &PairSummary::auc),
          number({.name = "reciprocal_rank", .about = "1 / rank of the first known pair"},
                 &PairSummary::reciprocal_rank)};
}

void check_sides(const Attention& attention, const PairsOptions& options) {
  if (!attention.cross()) return;
  if (options.symmetrize == Symmetrize::none && !options.corrected) return;
  throw InputError(attention.source(),
                   "is cross-attention, where a pair has one direction and no correction",
                   "ask with $symmetrize none $no-apc, or about parts of both texts by the "
                   "command segments with $segments");
}

PairOptions asked_pairs(const Attention& attention, const PairsOptions& options,
                        const TokenPlaces& keys, Sink& sink) {
  PairOptions asked{options.symmetrize, options.corrected, options.min_separation, {}, {}};
  if (attention.cross()) {
    if (options.min_separation > 1) {
      sink.note("tokens of two texts have no separation: every pair counts");
    }
    asked.min_separation = 0;
  }
  for (std::size_t key = 0; key < attention.keys(); ++key) asked.places.push_back(keys.place(key));
  if (options.gold) asked.known = known_pairs(*options.gold, attention, options.symmetrize, sink);
  return asked;
}

/// Whether one token is all there is.
bool has_pairs(const Attention& attention) { return attention.cross() || attention.keys() > 1; }

void pair_rows(const Attention& attention, const PairsOptions& options, Sink& sink) {
  const TokenPlaces keys = TokenPlaces::of_keys(attention);
  const TokenPlaces queries = attention.cross() ? TokenPlaces::of_queries(attention) : keys;
  const PairOptions asked = asked_pairs(attention, options, keys, sink);
  const Table<PairRow> table = pair_table(attention.fused(), options.has_gold);
  table.begin(sink);
  if (!has_pairs(attention)) return;
  heads_in_order(
      attention, sink,
      [&](std::size_t l, std::size_t h) { return best_pairs(attention, l, h, asked, options.top); },
      [&](std::size_t l, std::size_t h, const std::vector<RankedPair>& pairs) {
        std::vector<PairRow> rows;
        for (std::size_t i = 0; i < pairs.size(); ++i) {
          const auto& [score, a, b, known] = pairs[i];
          rows.push_back({attention.layer_index(l), attention.head_label(h), i + 1,
                          queries.place(a), keys.place(b), queries.label(a), keys.label(b), score,
                          known});
        }
        table.send(rows, sink);
      });
}

void summary_rows(const Attention& attention, const PairsOptions& options, Sink& sink) {
  const TokenPlaces keys = TokenPlaces::of_keys(attention);
  const PairOptions asked = asked_pairs(attention, options, keys, sink);
  const std::size_t length = attention.cross() ? attention.queries() : attention.keys();
  const Table<SummaryRow> table = summary_table(attention.fused());
  table.begin(sink);
  if (!has_pairs(attention)) return;
  bool few = false;
  heads_in_order(
      attention, sink,
      [&](std::size_t l, std::size_t h) {
        return std::vector<PairSummary>{pair_summary(attention, l, h, asked, length)};
      },
      [&](std::size_t l, std::size_t h, const std::vector<PairSummary>& found) {
        few = few || found.front().pairs < static_cast<std::int64_t>(length);
        table.send({attention.layer_index(l), attention.head_label(h), found.front()}, sink);
      });
  if (few) {
    sink.note("there are fewer than " + std::to_string(length) +
              " pairs: precisions are over those there are");
  }
}

}  // namespace

void check_options(const PairsOptions& options) {
  if (options.min_separation == 0) {
    throw ArgumentError("$min-separation", "is 0, expected 1 or more");
  }
  if (options.summary && !options.has_gold) {
    throw ArgumentError("$summary", "is about known pairs, and none are given",
                        "give them with $gold FILE");
  }
}

AnswerColumns pairs_columns(const PairsOptions& options) {
  if (options.summary) return {summary_table(false).schema()};
  return {pair_table(false, options.has_gold).schema()};
}

void pairs_report(const Attention& attention, const PairsOptions& options, Sink& sink) {
  check_options(options);
  check_sides(attention, options);
  note_missing_queries(attention, sink);
  options.summary ? summary_rows(attention, options, sink) : pair_rows(attention, options, sink);
}

}  // namespace attngraph
