#include "report/parts/heads/compare_tables.hpp"

#include <string_view>

#include "report/answer/columns.hpp"

namespace attngraph {
namespace {

const Column js_column{
    .name = "js",
    .about =
        "Jensen-Shannon divergence of their rows, mean over rows: 0 alike, ln 2 never together",
    .rank = 0,
    .formula = "JS(p, q) = H((p + q) / 2) - (H(p) + H(q)) / 2, natural logarithm",
    .paper = "Lin 1991; for heads Clark et al. 2019, who add the rows up"};

/// An index of one of the two heads, by its name.
Column place_column(const char* name, ColumnType type, std::string_view about) {
  return {.name = name, .type = type, .about = about, .rank = 0};
}

}  // namespace

const Column js_mean{.name = "js_mean", .about = "mean of js over all these heads"};
const Column js_max{.name = "js_max", .about = "js of the heads that differ most"};

Table<HeadPair> pair_table(bool a_fused, bool b_fused, ColumnType js) {
  using enum ColumnType;
  return {{place_column("layer_a", integer, "layer of the first head, as in the file"),
           &HeadPair::layer_a},
          {place_column("head_a", label_type(a_fused), "first head, as in the file"),
           &HeadPair::head_a},
          {place_column("layer_b", integer, "layer of the second head, as in the file"),
           &HeadPair::layer_b},
          {place_column("head_b", label_type(b_fused), "second head, as in the file"),
           &HeadPair::head_b},
          {js_column.of_type(js), &HeadPair::js}};
}

Table<Merge> merge_table(const std::vector<Merge>& merges, ColumnType distance) {
  using enum ColumnType;
  // As in SciPy: clusters of two or more are numbered from the count of heads on.
  const auto cluster = [&merges](const Merge& merge) {
    return merges.size() + 1 + static_cast<std::size_t>(&merge - merges.data());
  };
  return {
      {{.name = "cluster",
        .type = integer,
        .about = "cluster that the merge makes; n heads are clusters 0 to n - 1 themselves",
        .rank = 0},
       cluster},
      {{.name = "left",
        .type = integer,
        .about = "cluster that is merged, of the two the one with the first head",
        .rank = 0},
       &Merge::left},
      {{.name = "right", .type = integer, .about = "the other cluster that is merged", .rank = 0},
       &Merge::right},
      {{.name = "distance",
        .type = distance,
        .about = "mean of sqrt(js) over all pairs of a head of one and a head of the other",
        .rank = 0,
        .paper = "average linkage, Sokal and Michener 1958"},
       &Merge::distance},
      {{.name = "size", .type = integer, .about = "heads in the new cluster"}, &Merge::size}};
}

Table<ClusteredHead> cluster_table(bool fused) {
  using enum ColumnType;
  return {{columns::layer, &ClusteredHead::layer},
          {columns::head(fused), &ClusteredHead::head},
          {{.name = "cluster", .type = integer, .about = "group of the head, from 0", .rank = 0},
           &ClusteredHead::cluster},
          {{.name = "order",
            .type = integer,
            .about = "place of the head among the leaves of the dendrogram, from 0"},
           &ClusteredHead::order}};
}

}  // namespace attngraph
