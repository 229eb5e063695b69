#include "report/questions/structure.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "core/ordered.hpp"
#include "core/text/number_text.hpp"
#include "metrics/structure/triads.hpp"
#include "report/answer/every_head.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"
#include "report/drawn/heads/head_map.hpp"
#include "report/drawn/heads/structure_pictures.hpp"
#include "report/parts/graph_notes.hpp"
#include "report/parts/missing_queries.hpp"
#include "report/parts/token_places.hpp"

namespace attngraph {
namespace {

struct HeadRow {
  std::int64_t layer;
  HeadLabel head;
  HeadStructure found;
};

template <typename Number>
Table<HeadRow>::Entry number(Column column, Number HeadStructure::*value) {
  if constexpr (std::is_integral_v<Number>) column.type = ColumnType::integer;
  return {std::move(column), [value](const HeadRow& row) { return row.found.*value; }};
}

Table<HeadRow> head_table(bool fused) {
  return {
      {columns::layer, &HeadRow::layer},
      {columns::head(fused), &HeadRow::head},
      number({.name = "edges", .about = "weights that count as edges, self-loops left out"},
             &HeadStructure::edges),
      number({.name = "density",
              .about = "their share of all that could be",
              .formula = "edges / n(n - 1)"},
             &HeadStructure::density),
      number({.name = "weak", .about = "pieces that edges hold together, whichever way they point"},
             &HeadStructure::weak),
      number({.name = "strong",
              .about = "strong components: parts where all reach each other along edges"},
             &HeadStructure::strong),
      number({.name = "strong_largest", .about = "size of the largest of these", .rank = 2},
             &HeadStructure::strong_largest),
      number({.name = "reciprocity", .about = "share of the edges whose reverse counts too"},
             &HeadStructure::reciprocity),
      number({.name = "reciprocity_weighted",
              .about = "the same of all weights",
              .rank = 2,
              .formula = "Σ_(i≠j) min(w_ij, w_ji) / Σ_(i≠j) w_ij",
              .paper = "Squartini et al. 2013"},
             &HeadStructure::reciprocity_weighted),
      number({.name = "clustering",
              .about = "share of the triangles around a token that are closed, mean over tokens",
              .formula = "(A + Aᵀ)³_vv / 2(d(d - 1) - 2b), d edges in and out, b both ways",
              .paper = "Fagiolo 2007"},
             &HeadStructure::clustering),
      number({.name = "clustering_weighted",
              .about = "the same of all weights",
              .rank = 2,
              .formula = "∛(w / max w) in place of A; d and b count w > 0",
              .paper = "Fagiolo 2007"},
             &HeadStructure::clustering_weighted),
      number({.name = "core",
              .about = "largest k so that in a part of the graph all have k edges",
              .paper = "Seidman 1983"},
             &HeadStructure::core),
      number({.name = "communities",
              .about = "groups that give each other more than chance would",
              .rank = 0},
             &HeadStructure::communities),
      number({.name = "modularity",
              .about = "how much more these groups give each other than chance would",
              .rank = 0,
              .formula = "1/m Σ_ij (w_ij - γ out_i in_j / m) [same group], i ≠ j in w, m = Σ w",
              .paper = "Leicht and Newman 2008; found by Leiden (Traag et al. 2019)"},
             &HeadStructure::modularity),
      number({.name = "pagerank_max",
              .about = "largest PageRank of a token: how much all roads lead to one",
              .paper = "Brin and Page 1998"},
             &HeadStructure::pagerank_max)};
}

struct TriadRow {
  std::int64_t layer;
  HeadLabel head;
  const double* counts;
};

/// What each kind of triad is, in the order of triad_names.
constexpr std::array<std::string_view, triad_names.size()> triad_meanings{
    "triples without an edge",
    "one edge",
    "one pair with edges both ways",
    "A <- B -> C: from one to both others",
    "A -> B <- C: from both others to one",
    "A -> B -> C: a chain",
    "A <-> B <- C",
    "A <-> B -> C",
    "A -> B <- C, A -> C: a transitive triple",
    "A -> B -> C -> A: a cycle",
    "A <-> B <-> C",
    "A <- B -> C, A <-> C",
    "A -> B <- C, A <-> C",
    "A -> B -> C, A <-> C",
    "A -> B <-> C, A <-> C",
    "A <-> B <-> C, A <-> C: all edges there can be"};

Table<TriadRow> triad_table(bool fused) {
  Table<TriadRow> table{{columns::layer, &TriadRow::layer},
                        {columns::head(fused), &TriadRow::head}};
  for (std::size_t kind = 0; kind < triad_names.size(); ++kind) {
    table.add(
        {{.name = std::string(triad_names[kind]),
          .type = ColumnType::integer,
          .about = triad_meanings[kind],
          .paper = kind == 0 ? "Davis and Leinhardt 1972" : ""},
         [kind](const TriadRow& row) { return static_cast<std::int64_t>(row.counts[kind]); }});
  }
  return table;
}

struct MemberRow {
  std::int64_t layer;
  HeadLabel head;
  std::size_t token;
  std::string label;
  TokenGroups groups;
};

Table<MemberRow>::Entry group(Column column, std::int32_t TokenGroups::*value) {
  column.type = ColumnType::integer;
  return {std::move(column), [value](const MemberRow& row) { return row.groups.*value; }};
}

Table<MemberRow> member_table(bool fused) {
  return {{columns::layer, &MemberRow::layer},
          {columns::head(fused), &MemberRow::head},
          {columns::token, &MemberRow::token},
          {columns::label(columns::token), &MemberRow::label},
          group({.name = "weak", .about = "the piece it is in; 0 is that of the first"},
                &TokenGroups::weak),
          group({.name = "strong", .about = "its strong component, numbered likewise"},
                &TokenGroups::strong),
          group({.name = "core",
                 .about = "largest k so that it is in a part of the graph where all have k edges",
                 .paper = "Seidman 1983"},
                &TokenGroups::core),
          group({.name = "community",
                 .about = "the group that modularity puts it in, numbered likewise",
                 .rank = 0,
                 .paper = "Leicht and Newman 2008"},
                &TokenGroups::community)};
}

/// What one head takes.
MemoryNeed need_of(const Attention& attention) {
  constexpr std::size_t matrices = 3;  // the weights, those of both ways, and who is linked
  return attention.need(matrices, 2 * numbers_per_token);
}

void head_rows(const Attention& attention, const StructureOptions& options, Sink& sink) {
  const bool drawn = is_seen(sink.form());
  const Table<HeadRow> table = head_table(attention.fused());
  HeadMapValues shown{"modularity", {}};
  if (!drawn) table.begin(sink);
  heads_in_order(
      attention, need_of(attention), sink,
      [&](std::size_t l, std::size_t h) {
        return std::vector{head_structure(attention, l, h, options)};
      },
      [&](std::size_t l, std::size_t h, const std::vector<HeadStructure>& found) {
        shown.values.push_back(found.front().modularity);
        if (drawn) return;
        table.send({attention.layer_index(l), attention.head_label(h), found.front()}, sink);
      });
  if (!drawn) return;
  Picture picture = head_map(attention, std::move(shown));
  picture.title = "Communities of heads: modularity";
  sink.picture(picture);
}

void triad_rows(const Attention& attention, const StructureOptions& options, Sink& sink) {
  const bool drawn = is_seen(sink.form());
  const Table<TriadRow> table = triad_table(attention.fused());
  TriadBars bars;
  if (!drawn) table.begin(sink);
  const std::vector<SelectedHead> heads = attention.present();
  ordered(
      heads.size(), Workers::processes, attention.need(0),
      [&](std::size_t i) {
        const auto census =
            triad_census(structure_edges(attention, heads[i].l, heads[i].h, options));
        return std::vector<double>(census.begin(), census.end());
      },
      [&](std::size_t i, const std::vector<double>& census) {
        const auto& [l, h] = heads[i];
        if (drawn) {
          bars.add(short_head_name(attention, l, h), census);
        } else {
          table.send({attention.layer_index(l), attention.head_label(h), census.data()}, sink);
        }
        sink.progress(i + 1, heads.size());
      });
  if (drawn) sink.picture(bars.picture());
}

void member_rows(const Attention& attention, const StructureOptions& options, Sink& sink) {
  const TokenPlaces places = TokenPlaces::of_keys(attention);
  const bool drawn = is_seen(sink.form());
  const Table<MemberRow> table = member_table(attention.fused());
  if (!drawn) table.begin(sink);
  const auto labels = attention.key_labels();
  heads_in_order(
      attention, need_of(attention), sink,
      [&](std::size_t l, std::size_t h) { return token_groups(attention, l, h, options); },
      [&](std::size_t l, std::size_t h, const std::vector<TokenGroups>& groups) {
        if (drawn) return sink.picture(community_picture(attention, l, h, groups));
        const auto row = [&](std::size_t v) -> MemberRow {
          return {attention.layer_index(l), attention.head_label(h), places.place(v), labels[v],
                  groups[v]};
        };
        table.send(groups.size(), row, sink);
      });
}

void check_sides(const Attention& attention) {
  if (!attention.cross() && attention.queries() <= attention.keys()) return;
  throw InputError(attention.source(),
                   "is cross-attention, expected tokens that attend to each other",
                   "the command segments asks how much the parts of two texts attend to each "
                   "other, with $segments");
}

void say_first(const Attention& attention, const StructureOptions& options, Sink& sink) {
  if (options.answer != StructureAnswer::members) note_direction(options.direction, sink);
  if (!options.edges.any()) {
    sink.parameter("threshold", "share");
    sink.note("an edge is a weight above an equal share of the keys that a query may see");
  }
  if (attention.causal() && options.answer != StructureAnswer::triads) {
    sink.note(
        "attention is causal: no edge has a reverse, and every token is a strong component "
        "of its own");
  }
}

}  // namespace

void check_options(const StructureOptions& options) {
  check_criteria(options.edges);
  if (!(options.resolution > 0 && options.resolution <= 1e9)) {
    throw ArgumentError("$resolution",
                        number_text(options.resolution) + " is not above 0 and up to 1000000000");
  }
}

AnswerColumns structure_columns(StructureAnswer answer) {
  if (answer == StructureAnswer::members) return {member_table(false).schema()};
  if (answer == StructureAnswer::triads) {
    return {.columns = triad_table(false).schema(), .together = OrderedTogether::all};
  }
  return {.columns = head_table(false).schema(), .together = OrderedTogether::all};
}

void structure_report(const Attention& attention, const StructureOptions& options, Sink& sink) {
  check_options(options);
  check_sides(attention);
  note_missing_queries(attention, sink);
  say_first(attention, options, sink);
  switch (options.answer) {
    case StructureAnswer::heads:
      return head_rows(attention, options, sink);
    case StructureAnswer::triads:
      return triad_rows(attention, options, sink);
    case StructureAnswer::members:
      return member_rows(attention, options, sink);
  }
}

}  // namespace attngraph
