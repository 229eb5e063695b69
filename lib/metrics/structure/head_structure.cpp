#include "metrics/structure/head_structure.hpp"

#include <algorithm>
#include <utility>

#include "attention/attention.hpp"
#include "attention/token_weights.hpp"
#include "graph/counted_edges.hpp"
#include "metrics/metric.hpp"
#include "metrics/structure/clustering.hpp"
#include "metrics/structure/communities.hpp"
#include "metrics/structure/linked_pairs.hpp"
#include "metrics/structure/pieces.hpp"
#include "metrics/structure/reciprocity.hpp"
#include "metrics/walks/pagerank.hpp"

namespace attngraph {
namespace {

EdgeArrays counted(const Attention& attention, std::size_t l, std::size_t h, RowCriteria rule,
                   Direction direction) {
  rule.share = rule.share || !rule.any();
  return counted_edges(attention, l, h, rule, direction);
}

LinkedPairs counted_pairs(const Attention& attention, std::size_t l, std::size_t h,
                          const StructureRules& rules) {
  return linked_pairs(counted(attention, l, h, rules.edges, Direction::attends));
}

void describe_edges(const LinkedPairs& pairs, HeadStructure& found) {
  found.edges =
      std::count_if(pairs.there.begin(), pairs.there.end(), [](double w) { return w > 0; });
  const auto nodes = static_cast<double>(pairs.nodes());
  if (nodes > 1) found.density = static_cast<double>(found.edges) / (nodes * (nodes - 1));
  found.weak = static_cast<std::int64_t>(weak_pieces(pairs).count);
  const NodeGroups strong = strong_pieces(pairs);
  found.strong = static_cast<std::int64_t>(strong.count);
  found.strong_largest = static_cast<std::int64_t>(strong.largest());
  found.reciprocity = reciprocity(pairs);
  found.clustering = clustering(pairs);
  const std::vector<std::int32_t> cores = core_numbers(pairs);
  found.core = cores.empty() ? 0 : *std::max_element(cores.begin(), cores.end());
}

void describe_communities(const MutualWeights& weights, double resolution, HeadStructure& found) {
  const Communities best = communities(weights, resolution);
  found.communities = static_cast<std::int64_t>(best.groups.count);
  found.modularity = best.modularity;
}

/// Of all weights, as a list or as a matrix.
void describe_weights(const Attention& attention, std::size_t l, std::size_t h,
                      const StructureRules& rules, HeadStructure& found) {
  const double damping = MetricOptions{}.damping;
  if (const EdgeArrays* list = attention.edges(l, h)) {
    const LinkedPairs pairs = linked_pairs(*list);
    const bool turned = rules.direction == Direction::informs;
    found.pagerank_max = pagerank(turned ? reversed(*list) : *list, damping).maxCoeff();
    found.reciprocity_weighted = weighted_reciprocity(pairs);
    found.clustering_weighted = weighted_clustering(pairs);
    return describe_communities(mutual_weights(pairs), rules.resolution, found);
  }
  Matrix weights = token_weights(attention, l, h);
  found.pagerank_max = pagerank(weights, rules.direction, damping).maxCoeff();
  found.reciprocity_weighted = weighted_reciprocity(weights);
  found.clustering_weighted = weighted_clustering(weights);
  describe_communities(mutual_weights(std::move(weights)), rules.resolution, found);
}

MutualWeights all_weights(const Attention& attention, std::size_t l, std::size_t h) {
  if (const EdgeArrays* list = attention.edges(l, h)) return mutual_weights(linked_pairs(*list));
  return mutual_weights(token_weights(attention, l, h));
}

}  // namespace

HeadStructure head_structure(const Attention& attention, std::size_t l, std::size_t h,
                             const StructureRules& rules) {
  HeadStructure found;
  describe_edges(counted_pairs(attention, l, h, rules), found);
  describe_weights(attention, l, h, rules, found);
  return found;
}

std::vector<TokenGroups> token_groups(const Attention& attention, std::size_t l, std::size_t h,
                                      const StructureRules& rules) {
  const LinkedPairs pairs = counted_pairs(attention, l, h, rules);
  const NodeGroups weak = weak_pieces(pairs), strong = strong_pieces(pairs);
  const std::vector<std::int32_t> cores = core_numbers(pairs);
  const NodeGroups community = communities(all_weights(attention, l, h), rules.resolution).groups;
  std::vector<TokenGroups> groups;
  for (std::size_t v = 0; v < pairs.nodes(); ++v) {
    groups.push_back({weak.of_node[v], strong.of_node[v], cores[v], community.of_node[v]});
  }
  return groups;
}

EdgeArrays structure_edges(const Attention& attention, std::size_t l, std::size_t h,
                           const StructureRules& rules) {
  return counted(attention, l, h, rules.edges, rules.direction);
}

}  // namespace attngraph
