// One search for each source (shortest_path_search.cpp), in rounds: the sources of a round are
// shared out among threads, always in the same shares, so that sums do not depend on how many
// threads there are. A search also finds out which edges of its source are longer than another way
// to their end; later rounds do without them.
#include "metrics/paths/searched_path_sums.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "core/parallel.hpp"
#include "core/stop.hpp"
#include "graph/reach.hpp"
#include "metrics/paths/shortest_path_search.hpp"

namespace attngraph {
namespace {

constexpr std::size_t shares_in_round = 8;
constexpr std::size_t sources_in_share = 4;

// A few sources of a round.
class Share {
 public:
  Share(const SortedRows& rows, Index n, Betweenness betweenness)
      : search_(rows), sums_(n), nodes_(n), betweenness_(betweenness) {}

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
      if (betweenness_ == Betweenness::wanted) search_.add_dependencies(sums_.dependencies);
      useful_.push_back(search_.useful_edges());
    }
  }

  const PathSums& sums() const { return sums_; }
  const std::vector<UsefulEdges>& useful() const { return useful_; }

 private:
  ShortestPathSearch search_;
  PathSums sums_;
  Index nodes_;
  Betweenness betweenness_;
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

}  // namespace

PathSums searched_path_sums(const LengthGraph& graph, Betweenness betweenness,
                            const SearchProgress& progress) {
  const auto n = static_cast<Index>(graph.edges.nodes);
  CompressedRows unsorted = compressed_rows(graph.edges);
  const std::vector<std::size_t> reach = reachable_counts(unsorted);
  const std::vector<std::int32_t> sources = nearest_to_the_end(reach);
  SortedRows rows = sorted_rows(std::move(unsorted));
  std::vector<Share> shares(shares_in_round, Share(rows, n, betweenness));
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

}  // namespace attngraph
