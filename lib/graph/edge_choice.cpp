// A selection within each query and no sort: O(edges), also where each query has thousands of keys.
// Edges of a list in no order are sorted once where those that stand twice are added up.
#include "graph/edge_choice.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

#include "core/error.hpp"

namespace attngraph {
namespace {

// Indices of the edges, query by query; those of query q are first[q] … first[q + 1] - 1.
struct ByQuery {
  std::vector<std::size_t> first;
  std::vector<std::size_t> edge;
};

ByQuery by_query(const std::vector<std::int32_t>& query, std::size_t nodes) {
  ByQuery groups{std::vector<std::size_t>(nodes + 1, 0), std::vector<std::size_t>(query.size())};
  for (const std::int32_t q : query) ++groups.first[q + 1];
  for (std::size_t q = 0; q < nodes; ++q) groups.first[q + 1] += groups.first[q];
  std::vector<std::size_t> next = groups.first;
  for (std::size_t e = 0; e < query.size(); ++e) groups.edge[next[query[e]]++] = e;
  return groups;
}

constexpr std::size_t every_edge = std::numeric_limits<std::size_t>::max();

/// Whether some edge may stand twice: none does where they are in strict order, as those of a
/// matrix are.
bool may_repeat(const std::vector<std::int32_t>& query, const std::vector<std::int32_t>& key) {
  for (std::size_t e = 1; e < query.size(); ++e) {
    if (std::pair(query[e - 1], key[e - 1]) >= std::pair(query[e], key[e])) return true;
  }
  return false;
}

}  // namespace

std::size_t edge_count_named(const std::string& text, const std::string& option) {
  if (text == "all") return every_edge;
  std::size_t count = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, count);
  if (read.ec != std::errc{} || read.ptr != end || count == 0) {
    throw ArgumentError(option, "'" + text + "' is neither a number from 1 on nor all");
  }
  return count;
}

void read_threshold(RowCriteria& rule, const std::string& text, const std::string& option) {
  rule.share = text == "share";
  rule.threshold.reset();
  if (rule.share) return;
  double threshold = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, threshold);
  const bool whole = read.ec == std::errc{} && read.ptr == end;
  if (!whole || !std::isfinite(threshold) || threshold < 0) {
    throw ArgumentError(option, "'" + text + "' is neither share nor a number from 0 on");
  }
  rule.threshold = threshold;
}

std::vector<char> largest_of_each_query(const EdgeArrays& edges, Direction direction,
                                        std::size_t count) {
  const bool attends = direction == Direction::attends;
  const auto& key = attends ? edges.target : edges.source;
  ByQuery groups = by_query(attends ? edges.source : edges.target, edges.nodes);
  std::vector<char> marked(edges.size(), 0);
  for (std::size_t q = 0; q < edges.nodes; ++q) {
    const auto begin = groups.edge.begin() + static_cast<std::ptrdiff_t>(groups.first[q]);
    const std::size_t size = groups.first[q + 1] - groups.first[q];
    const auto end = begin + static_cast<std::ptrdiff_t>(size);
    const auto cut = begin + static_cast<std::ptrdiff_t>(std::min(count, size));
    if (cut != end) {
      std::nth_element(begin, cut, end, [&](std::size_t a, std::size_t b) {
        if (edges.weight[a] != edges.weight[b]) return edges.weight[a] > edges.weight[b];
        return key[a] != key[b] ? key[a] < key[b] : a < b;
      });
    }
    for (auto e = begin; e != cut; ++e) marked[*e] = 1;
  }
  return marked;
}

EdgeArrays marked_edges(const EdgeArrays& edges, const std::vector<char>& marked) {
  EdgeArrays rest;
  rest.nodes = edges.nodes;
  for (std::size_t e = 0; e < edges.size(); ++e) {
    if (marked[e]) rest.add(edges.source[e], edges.target[e], edges.weight[e]);
  }
  return rest;
}

bool chooses(const RowCriteria& rule) {
  return rule.threshold || rule.top_p || rule.by_visible_keys() ||
         (rule.top_k && *rule.top_k != every_edge);
}

EdgeArrays added_up(EdgeArrays edges) {
  if (!may_repeat(edges.source, edges.target)) return edges;
  if (!may_repeat(edges.target, edges.source)) return edges;
  std::vector<std::size_t> order(edges.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tuple(edges.source[a], edges.target[a], a) <
           std::tuple(edges.source[b], edges.target[b], b);
  });
  std::vector<char> first(edges.size(), 1);
  std::size_t before = order.front();
  for (std::size_t i = 1; i < order.size(); ++i) {
    const std::size_t e = order[i];
    if (edges.source[e] != edges.source[before] || edges.target[e] != edges.target[before]) {
      before = e;
      continue;
    }
    edges.weight[before] += edges.weight[e];
    first[e] = 0;
  }
  return marked_edges(edges, first);
}

EdgeArrays chosen_edges(EdgeArrays edges, Direction direction, const EdgeChoice& choice) {
  if (choice.threshold) {
    std::vector<char> above(edges.size());
    for (std::size_t e = 0; e < above.size(); ++e) above[e] = edges.weight[e] > *choice.threshold;
    edges = marked_edges(edges, above);
  }
  if (choice.top_k) {
    edges = marked_edges(edges, largest_of_each_query(edges, direction, *choice.top_k));
  }
  return edges;
}

}  // namespace attngraph
