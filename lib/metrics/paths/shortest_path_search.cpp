// Spira's shortest path search with Brandes' accumulation: the edges of each node are sorted by
// length once, and a search keeps just one candidate for each settled node, its shortest edge to a
// node not yet settled. Requires lengths > 0 and no self-loops. (Spira 1973)
// Why: a dense graph has n^2 edges but only some n log n are ever candidates, where Dijkstra looks
// at all of them for every source. Cost: O(edges log n) to sort, then for each source about
// O(n log^2 n) on dense attention, O(edges log n) at worst.
#include "metrics/paths/shortest_path_search.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "metrics/paths/path_metrics.hpp"

namespace attngraph {

SortedRows sorted_rows(CompressedRows rows) {
  SortedRows sorted{std::move(rows), {}, {}, {}};
  sorted.end.assign(sorted.first.begin() + 1, sorted.first.end());
  sorted.least_excess.assign(sorted.nodes(), std::numeric_limits<double>::infinity());
  std::vector<std::pair<double, std::int32_t>> row;
  std::vector<std::int32_t> seen_from(sorted.nodes(), -1);
  for (std::size_t v = 0; v < sorted.nodes(); ++v) {
    row.clear();
    sorted.different_targets.push_back(0);
    for (std::size_t e = sorted.first[v]; e < sorted.first[v + 1]; ++e) {
      row.emplace_back(sorted.weight[e], sorted.target[e]);
      const auto from = static_cast<std::int32_t>(v);
      if (std::exchange(seen_from[sorted.target[e]], from) != from) {
        ++sorted.different_targets.back();
      }
    }
    std::sort(row.begin(), row.end());
    std::size_t place = sorted.first[v];
    for (const auto& [length, target] : row) {
      sorted.weight[place] = length;
      sorted.target[place++] = target;
    }
  }
  return sorted;
}

void leave_out_others(const UsefulEdges& useful, SortedRows& rows) {
  const std::size_t first = rows.first[useful.source];
  std::copy(useful.target.begin(), useful.target.end(),
            rows.target.begin() + static_cast<std::ptrdiff_t>(first));
  std::copy(useful.length.begin(), useful.length.end(),
            rows.weight.begin() + static_cast<std::ptrdiff_t>(first));
  rows.end[useful.source] = first + useful.useful;
  rows.least_excess[useful.source] = useful.least_excess;
}

ShortestPathSearch::ShortestPathSearch(const SortedRows& rows)
    : rows_(rows),
      distance_(rows.first.size() - 1),
      settled_as_(rows.first.size() - 1, -1),
      next_(rows.first.size() - 1),
      paths_(rows.first.size() - 1),
      dependency_(rows.first.size() - 1),
      last_link_(rows.first.size() - 1, -1) {}

void ShortestPathSearch::from(std::int32_t source, std::size_t reach) {
  forget();
  // No node is farther than the longest edge of a source that has one to each.
  farthest_ = rows_.different_targets[source] + 1 == reach
                  ? longest_edge(source) * (1.0 + 2.0 * path_tie)
                  : std::numeric_limits<double>::infinity();
  settle(source, 0.0);
  while (!candidates_.empty()) {
    const Candidate best = candidates_.top();
    const std::int32_t to = rows_.target[next_[best.node]];
    if (settled_as_[to] < 0) {
      link(best.node, to);
      ++next_[best.node];
      offer_next(best.node, true);
      settle(to, best.length);
    } else {
      if (order_.size() == reach && best.length > longest_tie()) break;
      if (settled_as_[best.node] < settled_as_[to]) tie(best.node, to, best.length);
      ++next_[best.node];
      offer_next(best.node, true);
    }
  }
}

void ShortestPathSearch::add_dependencies(Vector& sums) {
  link_left_out();
  count_paths();
  for (std::size_t i = order_.size(); i-- > 1;) {
    const std::int32_t v = order_[i];
    const double share = (1.0 + dependency_[v]) / paths_[v];
    for (std::int32_t l = last_link_[v]; l >= 0; l = links_[l].before) {
      dependency_[links_[l].from] += paths_[links_[l].from] * share;
    }
    sums[v] += dependency_[v];
  }
}

void ShortestPathSearch::forget() {
  for (const std::int32_t v : order_) {
    settled_as_[v] = -1;
    last_link_[v] = -1;
  }
  order_.clear();
  links_.clear();
  candidates_.clear();
}

double ShortestPathSearch::longest_edge(std::int32_t node) const {
  return rows_.end[node] > rows_.first[node] ? rows_.weight[rows_.end[node] - 1] : 0.0;
}

double ShortestPathSearch::longest_tie() const {
  return distance_[order_.back()] * (1.0 + 2.0 * path_tie);
}

void ShortestPathSearch::settle(std::int32_t node, double distance) {
  distance_[node] = distance;
  settled_as_[node] = static_cast<std::int32_t>(order_.size());
  order_.push_back(node);
  next_[node] = rows_.first[node];
  offer_next(node, false);
}

// Offers the shortest edge of `node` that does not end at a settled node. Edges passed over on the
// way can tie with the one that settled it, if that was later than `node`.
void ShortestPathSearch::offer_next(std::int32_t node, bool on_top) {
  const std::size_t end = rows_.end[node];
  std::size_t& next = next_[node];
  for (; next < end; ++next) {
    const std::int32_t target = rows_.target[next];
    if (settled_as_[target] < 0) break;
    if (settled_as_[node] < settled_as_[target]) {
      tie(node, target, distance_[node] + rows_.weight[next]);
    }
  }
  const double length = next < end ? distance_[node] + rows_.weight[next] : 0.0;
  if (next < end && length <= farthest_) {
    on_top ? candidates_.replace_top({length, node}) : candidates_.push({length, node});
  } else if (on_top) {
    candidates_.pop();
  }
}

void ShortestPathSearch::link(std::int32_t from, std::int32_t to) {
  links_.push_back({from, last_link_[to]});
  last_link_[to] = static_cast<std::int32_t>(links_.size()) - 1;
}

void ShortestPathSearch::tie(std::int32_t from, std::int32_t to, double length) {
  if (length - distance_[to] <= path_tie * length) link(from, to);
}

void ShortestPathSearch::count_paths() {
  for (const std::int32_t v : order_) {
    dependency_[v] = 0.0;
    paths_[v] = 0.0;
    for (std::int32_t l = last_link_[v]; l >= 0; l = links_[l].before) {
      paths_[v] += paths_[links_[l].from];
    }
    if (settled_as_[v] == 0) paths_[v] = 1.0;
  }
}

// An edge that is left out is on no shortest path, but far from the source, where tolerance is
// wider, a path that ends with it may still tie.
void ShortestPathSearch::link_left_out() {
  for (const std::int32_t v : order_) {
    const std::size_t begin = rows_.end[v], end = rows_.first[v + 1];
    if (begin == end) continue;
    const double longest = distance_[v] + rows_.weight[end - 1];
    if (rows_.least_excess[v] > 2.0 * path_tie * longest) continue;
    for (std::size_t e = begin; e < end; ++e) {
      const std::int32_t target = rows_.target[e];
      if (settled_as_[v] < settled_as_[target]) tie(v, target, distance_[v] + rows_.weight[e]);
    }
  }
}

UsefulEdges ShortestPathSearch::useful_edges() const {
  const std::int32_t source = order_.front();
  UsefulEdges edges{source, 0, {}, {}, std::numeric_limits<double>::infinity()};
  const auto add_all = [&](bool useful) {
    for (std::size_t e = rows_.first[source]; e < rows_.end[source]; ++e) {
      const double excess = rows_.weight[e] - distance_[rows_.target[e]];
      // A path of several edges may round to a little less than it is.
      if ((excess <= 2.0 * path_tie * distance_[rows_.target[e]]) != useful) continue;
      edges.target.push_back(rows_.target[e]);
      edges.length.push_back(rows_.weight[e]);
      if (!useful) edges.least_excess = std::min(edges.least_excess, excess);
    }
  };
  add_all(true);
  edges.useful = edges.target.size();
  add_all(false);
  return edges;
}

}  // namespace attngraph
