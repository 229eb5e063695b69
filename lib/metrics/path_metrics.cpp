// Spira's shortest path search with Brandes' accumulation: the edges of each node are sorted by
// length once, and a search keeps just one candidate for each settled node, its shortest edge to a
// node not yet settled. Requires lengths >= shortest_length and no self-loops.
// Why: a dense graph has n^2 edges but only some n log n are ever candidates, where Dijkstra looks
// at all of them for every source. Cost: O(edges log n) to sort, then for each source about
// O(n log^2 n) on dense attention, O(edges log n) at worst. A search also finds out which edges of
// its source are longer than another way to their end; later searches do without them.
#include "metrics/path_metrics.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "core/stop.hpp"
#include "graph/reach.hpp"
#include "metrics/candidate_heap.hpp"

namespace attngraph {
namespace {

// The edges of each node, shortest first; targets apart from lengths, because the search mostly
// passes over targets it has settled.
struct SortedRows {
  std::vector<std::size_t> first;
  std::vector<std::size_t> end;
  std::vector<std::int32_t> target;
  std::vector<double> length;
  // Different targets of each node before any edge is left out.
  std::vector<std::size_t> targets;
};

SortedRows sorted_rows(const CompressedRows& rows) {
  SortedRows sorted;
  sorted.first = rows.first;
  sorted.end.assign(rows.first.begin() + 1, rows.first.end());
  sorted.target.reserve(rows.target.size());
  sorted.length.reserve(rows.target.size());
  std::vector<std::pair<double, std::int32_t>> row;
  std::vector<std::int32_t> seen_from(rows.nodes(), -1);
  for (std::size_t v = 0; v < rows.nodes(); ++v) {
    row.clear();
    sorted.targets.push_back(0);
    for (std::size_t e = rows.first[v]; e < rows.first[v + 1]; ++e) {
      row.emplace_back(rows.weight[e], rows.target[e]);
      const auto from = static_cast<std::int32_t>(v);
      if (std::exchange(seen_from[rows.target[e]], from) != from) ++sorted.targets.back();
    }
    std::sort(row.begin(), row.end());
    for (const auto& [length, target] : row) {
      sorted.target.push_back(target);
      sorted.length.push_back(length);
    }
  }
  return sorted;
}

// One search after another over the same graph; the answer for a source stands until the next.
class Search {
 public:
  explicit Search(SortedRows& rows)
      : rows_(rows),
        distance_(rows.first.size() - 1),
        settled_as_(rows.first.size() - 1, -1),
        next_(rows.first.size() - 1),
        paths_(rows.first.size() - 1),
        dependency_(rows.first.size() - 1),
        last_link_(rows.first.size() - 1, -1) {}

  // Settles the `reach` nodes that can be reached, the source among them.
  void from(std::int32_t source, std::size_t reach) {
    forget();
    // No node is farther than the longest edge of a source that has one to each.
    farthest_ = rows_.targets[source] + 1 == reach ? longest_edge(source) * (1.0 + 2.0 * path_tie)
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

  // Settled nodes, nearest first.
  const std::vector<std::int32_t>& order() const { return order_; }
  double distance(std::int32_t node) const { return distance_[node]; }

  // Removes the edges of the source that no shortest path takes. A path of several edges may round
  // to a little less than it is, so what is just longer stays.
  void prune() {
    const std::int32_t source = order_.front();
    std::size_t kept = rows_.first[source];
    for (std::size_t e = kept; e < rows_.end[source]; ++e) {
      if (rows_.length[e] > distance_[rows_.target[e]] * (1.0 + 2.0 * path_tie)) continue;
      rows_.length[kept] = rows_.length[e];
      rows_.target[kept++] = rows_.target[e];
    }
    rows_.end[source] = kept;
  }

  // Adds to `sums` the share of the shortest paths from the source that pass each node.
  void add_dependencies(Vector& sums) {
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

 private:
  // A node that comes just before another on a shortest path; links of one node form a list.
  struct Link {
    std::int32_t from;
    std::int32_t before;
  };

  SortedRows& rows_;
  std::vector<double> distance_;
  std::vector<std::int32_t> settled_as_;
  std::vector<std::size_t> next_;
  std::vector<double> paths_;
  std::vector<double> dependency_;
  std::vector<std::int32_t> last_link_;
  std::vector<Link> links_;
  std::vector<std::int32_t> order_;
  CandidateHeap candidates_;
  double farthest_ = 0;

  void forget() {
    for (const std::int32_t v : order_) {
      settled_as_[v] = -1;
      last_link_[v] = -1;
    }
    order_.clear();
    links_.clear();
    candidates_.clear();
  }

  double longest_edge(std::int32_t node) const {
    return rows_.end[node] > rows_.first[node] ? rows_.length[rows_.end[node] - 1] : 0.0;
  }

  double longest_tie() const { return distance_[order_.back()] * (1.0 + 2.0 * path_tie); }

  void settle(std::int32_t node, double distance) {
    distance_[node] = distance;
    settled_as_[node] = static_cast<std::int32_t>(order_.size());
    order_.push_back(node);
    next_[node] = rows_.first[node];
    offer_next(node, false);
  }

  // Offers the shortest edge of `node` that does not end at a settled node. Edges passed over on
  // the way can tie with the one that settled it, if that was later than `node`.
  void offer_next(std::int32_t node, bool on_top) {
    const std::size_t end = rows_.end[node];
    std::size_t& next = next_[node];
    for (; next < end; ++next) {
      const std::int32_t target = rows_.target[next];
      if (settled_as_[target] < 0) break;
      if (settled_as_[node] < settled_as_[target]) {
        tie(node, target, distance_[node] + rows_.length[next]);
      }
    }
    const double length = next < end ? distance_[node] + rows_.length[next] : 0.0;
    if (next < end && length <= farthest_) {
      on_top ? candidates_.replace_top({length, node}) : candidates_.push({length, node});
    } else if (on_top) {
      candidates_.pop();
    }
  }

  void link(std::int32_t from, std::int32_t to) {
    links_.push_back({from, last_link_[to]});
    last_link_[to] = static_cast<std::int32_t>(links_.size()) - 1;
  }

  void tie(std::int32_t from, std::int32_t to, double length) {
    if (length - distance_[to] <= path_tie * length) link(from, to);
  }

  void count_paths() {
    for (const std::int32_t v : order_) {
      dependency_[v] = 0.0;
      paths_[v] = 0.0;
      for (std::int32_t l = last_link_[v]; l >= 0; l = links_[l].before) {
        paths_[v] += paths_[links_[l].from];
      }
      if (settled_as_[v] == 0) paths_[v] = 1.0;
    }
  }
};

// Sources in an order where those that others reach come first: their edges are pruned by then.
std::vector<std::int32_t> nearest_to_the_end(const std::vector<std::size_t>& reach) {
  std::vector<std::int32_t> nodes(reach.size());
  std::iota(nodes.begin(), nodes.end(), 0);
  std::stable_sort(nodes.begin(), nodes.end(),
                   [&](std::int32_t a, std::int32_t b) { return reach[a] < reach[b]; });
  return nodes;
}

}  // namespace

PathMetrics path_metrics(const LengthGraph& graph) {
  const CompressedRows rows = compressed_rows(graph.edges);
  const std::vector<std::size_t> reach = reachable_counts(rows);
  SortedRows sorted = sorted_rows(rows);
  const auto n = static_cast<Index>(graph.edges.nodes);
  PathMetrics result{Vector::Zero(n), Vector::Zero(n), Vector::Zero(n)};
  Vector sums = Vector::Zero(n);
  Vector reaching = Vector::Zero(n);
  Search search(sorted);
  for (const std::int32_t source : nearest_to_the_end(reach)) {
    check_stop();
    search.from(source, reach[source]);
    for (const std::int32_t v : search.order()) {
      if (v == source) continue;
      sums[v] += search.distance(v);
      reaching[v] += 1.0;
      result.harmonic[v] += 1.0 / search.distance(v);
    }
    search.add_dependencies(result.betweenness);
    search.prune();
  }
  const auto others = static_cast<double>(n - 1);
  for (Index v = 0; v < n; ++v) {
    if (reaching[v] > 0) result.closeness[v] = reaching[v] / sums[v] * (reaching[v] / others);
  }
  if (n > 1) result.harmonic /= others;
  if (n > 2) result.betweenness /= others * (others - 1.0);
  return result;
}

}  // namespace attngraph
