// One search for each source (shortest_path_search.cpp), in rounds: the sources of a round are
// shared out among threads, always in the same shares, so that sums do not depend on how many
// threads there are. A search also finds out which edges of its source are longer than another way
// to their end; later rounds do without them.
#include "metrics/path_metrics.hpp"

#include <algorithm>
#include <numeric>
#include <span>

#include "core/parallel.hpp"
#include "core/stop.hpp"
#include "graph/reach.hpp"
#include "metrics/shortest_path_search.hpp"

namespace attngraph {
namespace {

constexpr std::size_t shares_in_round = 8;
constexpr std::size_t sources_in_share = 4;

// Sums over sources, for each node.
struct PathSums {
  Vector dependencies;
  Vector distances;
  Vector inverses;
  Vector reaching;

  explicit PathSums(Index n)
      : dependencies(Vector::Zero(n)),
        distances(Vector::Zero(n)),
        inverses(Vector::Zero(n)),
        reaching(Vector::Zero(n)) {}

  void operator+=(const PathSums& other) {
    dependencies += other.dependencies;
    distances += other.distances;
    inverses += other.inverses;
    reaching += other.reaching;
  }
};

// A few sources of a round.
class Share {
 public:
  Share(const SortedRows& rows, Index n) : search_(rows), sums_(n), nodes_(n) {}

  void search_from(std::span<const std::int32_t> sources, const std::vector<std::size_t>& reach) {
    sums_ = PathSums(nodes_);
    useful_.clear();
    for (const std::int32_t source : sources) {
      check_stop();
      search_.from(source, reach[source]);
      for (const std::int32_t v : search_.order()) {
        if (v == source) continue;
        sums_.distances[v] += search_.distance(v);
        sums_.inverses[v] += 1.0 / search_.distance(v);
        sums_.reaching[v] += 1.0;
      }
      search_.add_dependencies(sums_.dependencies);
      useful_.push_back(search_.useful_edges());
    }
  }

  const PathSums& sums() const { return sums_; }
  const std::vector<UsefulEdges>& useful() const { return useful_; }

 private:
  ShortestPathSearch search_;
  PathSums sums_;
  Index nodes_;
  std::vector<UsefulEdges> useful_;
};

// Sources in an order where those that others reach come first: their edges are pruned by then.
std::vector<std::int32_t> nearest_to_the_end(const std::vector<std::size_t>& reach) {
  std::vector<std::int32_t> nodes(reach.size());
  std::iota(nodes.begin(), nodes.end(), 0);
  std::stable_sort(nodes.begin(), nodes.end(),
                   [&](std::int32_t a, std::int32_t b) { return reach[a] < reach[b]; });
  return nodes;
}

// The sums over all sources.
PathSums path_sums(const LengthGraph& graph, const SearchProgress& progress) {
  const auto n = static_cast<Index>(graph.edges.nodes);
  const CompressedRows unsorted = compressed_rows(graph.edges);
  const std::vector<std::size_t> reach = reachable_counts(unsorted);
  const std::vector<std::int32_t> sources = nearest_to_the_end(reach);
  SortedRows rows = sorted_rows(unsorted);
  std::vector<Share> shares(shares_in_round, Share(rows, n));
  PathSums total(n);
  const auto part = [&](std::size_t begin) {
    const std::size_t from = std::min(begin, sources.size());
    return std::span(sources).subspan(from, std::min(sources_in_share, sources.size() - from));
  };
  for (std::size_t begin = 0; begin < sources.size(); begin += shares_in_round * sources_in_share) {
    parallel_for(shares_in_round, [&](std::size_t i) {
      shares[i].search_from(part(begin + i * sources_in_share), reach);
    });
    for (const Share& share : shares) {
      total += share.sums();
      for (const UsefulEdges& useful : share.useful()) leave_out_others(useful, rows);
    }
    if (progress)
      progress(std::min(begin + shares_in_round * sources_in_share, sources.size()),
               sources.size());
  }
  return total;
}

}  // namespace

PathMetrics path_metrics(const LengthGraph& graph, const SearchProgress& progress) {
  const auto n = static_cast<Index>(graph.edges.nodes);
  const PathSums total = path_sums(graph, progress);
  PathMetrics result{total.dependencies, Vector::Zero(n), total.inverses};
  const auto others = static_cast<double>(n - 1);
  for (Index v = 0; v < n; ++v) {
    if (total.reaching[v] > 0)
      result.closeness[v] = total.reaching[v] / total.distances[v] * (total.reaching[v] / others);
  }
  if (n > 1) result.harmonic /= others;
  // With fewer than three nodes there is nothing between any two.
  if (n > 2) result.betweenness /= others * (others - 1.0);
  return result;
}

}  // namespace attngraph
