#include "report/parts/heads/topology_tables.hpp"

#include <string>
#include <utility>

#include "report/answer/columns.hpp"

namespace attngraph {
namespace {

using ShapeTable = Table<ShapeRow>;

ShapeTable::Entry number(Column column, BarStatistics ShapeRow::*bars,
                         double BarStatistics::*value) {
  return {std::move(column), [=](const ShapeRow& row) { return row.*bars.*value; }};
}

void add_loops(ShapeTable& table) {
  constexpr auto bars = &ShapeRow::h1;
  table.add({{.name = "h1_count",
              .type = ColumnType::integer,
              .about = "loops that close before triangles fill them",
              .rank = 0},
             [](const ShapeRow& row) { return row.h1.count; }});
  table.add(number({.name = "h1_sum",
                    .about = "for how long there are loops, added up",
                    .rank = 0,
                    .formula = "Σ (death - birth) over the bars of H1, Vietoris-Rips",
                    .paper = "Kushnareva et al. 2021 (topological data analysis of attention)"},
                   bars, &BarStatistics::sum));
  table.add(number({.name = "h1_mean", .about = "mean length of a bar of H1"}, bars,
                   &BarStatistics::mean));
  table.add(number({.name = "h1_sd", .about = "standard deviation of the lengths, population"},
                   bars, &BarStatistics::sd));
  table.add(number({.name = "h1_max", .about = "length of the longest bar of H1"}, bars,
                   &BarStatistics::max));
  table.add(number({.name = "h1_entropy",
                    .about = "how even the bars of H1 are, in nats",
                    .formula = "-Σ p ln p, p = length / h1_sum"},
                   bars, &BarStatistics::entropy));
}

}  // namespace

Table<ShapeRow> shape_table(bool fused, std::size_t dimension) {
  constexpr auto bars = &ShapeRow::h0;
  ShapeTable table{
      {columns::layer, &ShapeRow::layer},
      {columns::head(fused), &ShapeRow::head},
      number({.name = "h0_sum",
              .about = "how far apart tokens are: the lengths of all bars of H0 added up",
              .rank = 0,
              .formula = "Σ 1 - w over the edges of a maximum spanning tree of max(A, Aᵀ)",
              .paper = "Kushnareva et al. 2021 (topological data analysis of attention)"},
             bars, &BarStatistics::sum),
      number({.name = "h0_mean", .about = "mean length of a bar of H0", .rank = 0}, bars,
             &BarStatistics::mean),
      number({.name = "h0_sd", .about = "standard deviation of the lengths, population", .rank = 0},
             bars, &BarStatistics::sd),
      number(
          {.name = "h0_max", .about = "the distance at which all tokens hang together", .rank = 0},
          bars, &BarStatistics::max),
      number({.name = "h0_entropy",
              .about = "how even the bars of H0 are, in nats",
              .rank = 0,
              .formula = "-Σ p ln p, p = length / h0_sum"},
             bars, &BarStatistics::entropy)};
  if (dimension > 0) add_loops(table);
  table.add({{.name = "h0_count",
              .type = ColumnType::integer,
              .about = "bars of H0 that are longer than 0 and end"},
             [](const ShapeRow& row) { return row.h0.count; }});
  return table;
}

Table<PersistenceRow> bar_table(bool fused) {
  return {{columns::layer, &PersistenceRow::layer},
          {columns::head(fused), &PersistenceRow::head},
          {{.name = "dimension",
            .type = ColumnType::integer,
            .about = "0: a part, until it joins another; 1: a loop, until triangles fill it",
            .rank = 0},
           [](const PersistenceRow& row) { return row.bar.dimension; }},
          {{.name = "birth", .about = "distance at which it appears", .rank = 0},
           [](const PersistenceRow& row) { return row.bar.birth; }},
          {{.name = "death",
            .about = "distance at which it is gone",
            .rank = 0,
            .formula = "distance D_ij = 1 - max(A_ij, A_ji)"},
           [](const PersistenceRow& row) { return row.bar.death; }}};
}

Table<BettiRow> betti_table(bool fused, bool share) {
  const Column threshold{.name = "threshold",
                         .about =
                             "weight above which two tokens are joined, in one direction or "
                             "both; share: more than an equal share",
                         .rank = 0};
  using Entry = Table<BettiRow>::Entry;
  return {
      {columns::layer, &BettiRow::layer},
      {columns::head(fused), &BettiRow::head},
      share ? Entry(threshold.of_type(ColumnType::text),
                    [](const BettiRow&) { return std::string("share"); })
            : Entry(threshold, &BettiRow::threshold),
      {{.name = "edges", .type = ColumnType::integer, .about = "pairs that are joined", .rank = 0},
       [](const BettiRow& row) { return row.found.edges; }},
      {{.name = "b0", .type = ColumnType::integer, .about = "parts that hang together", .rank = 0},
       [](const BettiRow& row) { return row.found.b0; }},
      {{.name = "b1",
        .type = ColumnType::integer,
        .about = "independent cycles of the graph, in which no triangle is filled",
        .rank = 0,
        .formula = "edges - tokens + b0",
        .paper = "Kushnareva et al. 2021, whose program counts self-loops as cycles"},
       [](const BettiRow& row) { return row.found.b1; }}};
}

Table<SplitRow> split_table(bool fused) {
  return {{columns::layer, &SplitRow::layer},
          {columns::head(fused), &SplitRow::head},
          {{.name = "mtop_div",
            .about = "how far the response is from the prompt: little where it hangs on to it",
            .rank = 0,
            .formula = "Σ of the bars of H0 where all distances within the prompt are 0",
            .paper = "Bazarova et al. 2025 (TOHA); Barannikov et al. 2021 (MTop-Divergence)"},
           &SplitRow::mtop_div},
          {{.name = "mtop_div_per_token",
            .about = "the same for a token of the response",
            .rank = 0,
            .formula = "mtop_div / tokens of the response"},
           &SplitRow::per_token}};
}

}  // namespace attngraph
