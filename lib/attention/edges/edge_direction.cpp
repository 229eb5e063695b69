#include "attention/edges/edge_direction.hpp"

#include <algorithm>
#include <cmath>

namespace attngraph {
namespace {

constexpr double tolerance = 0.02;

bool all_one(const std::vector<double>& sums) {
  return std::all_of(sums.begin(), sums.end(),
                     [](double sum) { return sum == 0 || std::abs(sum - 1) <= tolerance; });
}

std::vector<double> sums_by(const std::vector<std::int32_t>& ends, const EdgeArrays& edges) {
  std::vector<double> sums(edges.nodes, 0.0);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    sums[static_cast<std::size_t>(ends[i])] += edges.weight[i];
  }
  return sums;
}

}  // namespace

bool leads_to_queries(const std::vector<EdgeList>& lists) {
  bool rows_are_one = true, is_share = false;
  for (const EdgeList& list : lists) {
    const auto& weights = list.edges.weight;
    is_share = is_share ||
               std::any_of(weights.begin(), weights.end(), [](double w) { return w > 0 && w < 1; });
    if (!all_one(sums_by(list.edges.target, list.edges))) return false;
    rows_are_one = rows_are_one && all_one(sums_by(list.edges.source, list.edges));
  }
  return is_share && !rows_are_one;
}

}  // namespace attngraph
