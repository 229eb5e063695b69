#include "report/drawn/heads/structure_pictures.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "attention/attention.hpp"
#include "attention/token_weights.hpp"
#include "core/error.hpp"
#include "metrics/structure/triads.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_groups = 12;
/// Of the kinds, 003 and 012 come first.
constexpr std::size_t first_shown = 2;

std::vector<std::size_t> by_community(const std::vector<TokenGroups>& groups) {
  std::vector<std::size_t> order(groups.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return groups[a].community < groups[b].community;
  });
  return order;
}

}  // namespace

TriadBars::TriadBars() {
  for (std::size_t kind = first_shown; kind < triad_names.size(); ++kind) {
    bars_.labels.emplace_back(triad_names[kind]);
  }
}

void TriadBars::add(const std::string& head, const std::vector<double>& census) {
  if (bars_.groups.size() == most_groups) {
    throw LimitError("", "over " + std::to_string(most_groups) + " groups of bars in one picture",
                     "choose fewer heads with $layer and $head");
  }
  bars_.groups.push_back({head, "triads", {census.begin() + first_shown, census.end()}});
}

Picture TriadBars::picture() {
  Picture picture;
  picture.title = "Triples of tokens by the edges between them";
  picture.details.push_back("without triples of no edge (003) or one (012)");
  if (bars_.groups.size() == 1) picture.title += ", " + std::exchange(bars_.groups[0].title, "");
  picture.content = std::move(bars_);
  return picture;
}

Picture community_picture(const Attention& attention, std::size_t l, std::size_t h,
                          const std::vector<TokenGroups>& groups) {
  const Matrix weights = token_weights(attention, l, h);
  const std::vector<std::string> labels = attention.key_labels();
  const std::vector<std::size_t> order = by_community(groups);
  HeatMap map;
  map.rows = map.columns = order.size();
  Panel panel;
  for (const std::size_t query : order) {
    map.row_labels.push_back(std::to_string(groups[query].community) + " · " + labels[query]);
    for (const std::size_t key : order) {
      const double weight = weights(static_cast<Index>(query), static_cast<Index>(key));
      panel.values.push_back(static_cast<float>(weight));
    }
  }
  map.column_labels = map.row_labels;
  map.thinned = Thinned::to_labels;
  map.panels.push_back(std::move(panel));
  const double percentile = usual_percentile(map);
  fit_range(map, percentile);
  Picture picture;
  picture.layer = attention.layer_index(l);
  picture.head = attention.head_label(h);
  picture.title = "Communities of tokens, layer " + std::to_string(picture.layer) + ", head " +
                  text_of(picture.head);
  picture.details.push_back("tokens in the order of their communities, whose numbers stand first");
  tell_percentile(picture, map, percentile, "weights");
  picture.content = std::move(map);
  return picture;
}

}  // namespace attngraph
