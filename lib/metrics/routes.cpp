// The k most probable routes through a layered graph, by dynamic programming.
//
// Requires finite entries, not negative. Going up from the input, every token of a level keeps its
// k best ways down; a way of the next level is an entry of the transition times a way below. Each
// token's candidates are merged from the sorted lists below through a heap, which holds one
// candidate of each list: O(layers n (n + k log n)) time, O(layers n k) memory. As a factor never
// reorders ways, what a list has dropped cannot come back, so the answer is exact; Yen's or
// Eppstein's algorithms for general graphs gain nothing where all routes have the same length.

#include "metrics/routes.hpp"

#include <algorithm>
#include <cstdint>

#include "core/stop.hpp"

namespace attngraph {
namespace {

/// A way from a token of some level down to the input: its first step and the rank of the rest
/// among the ways of the token it leads to.
struct Way {
  double probability;
  std::uint32_t next;
  std::uint32_t rank;
};

using Ways = std::vector<Way>;

/// Whether a heap shows `a` after `b`. Ranks of one list are in order already, so comparing the
/// next token and then the rank compares whole routes from the output on.
bool later(const Way& a, const Way& b) {
  if (a.probability != b.probability) return a.probability < b.probability;
  return a.next != b.next ? a.next > b.next : a.rank > b.rank;
}

Ways best_ways(const double* transition, const std::vector<Ways>& below, std::size_t count) {
  std::vector<Way> heap;
  const auto candidate = [&](std::uint32_t next, std::uint32_t rank) {
    if (rank >= below[next].size()) return;
    const double probability = transition[next] * below[next][rank].probability;
    if (probability > 0) heap.push_back({probability, next, rank});
  };
  for (std::uint32_t next = 0; next < below.size(); ++next) candidate(next, 0);
  std::make_heap(heap.begin(), heap.end(), later);
  Ways best;
  while (!heap.empty() && best.size() < count) {
    std::pop_heap(heap.begin(), heap.end(), later);
    best.push_back(heap.back());
    heap.pop_back();
    const std::size_t open = heap.size();
    candidate(best.back().next, best.back().rank + 1);
    if (heap.size() > open) std::push_heap(heap.begin(), heap.end(), later);
  }
  return best;
}

}  // namespace

Routes most_probable_routes(std::span<const Matrix> transitions, std::size_t input,
                            std::size_t output, std::size_t count) {
  const auto tokens = static_cast<std::size_t>(transitions.front().rows());
  std::vector<std::vector<Ways>> ways(transitions.size() + 1, std::vector<Ways>(tokens));
  ways[0][input] = {{1.0, 0, 0}};
  Vector reaching = Vector::Unit(static_cast<Index>(tokens), static_cast<Index>(input));
  for (std::size_t level = 1; level <= transitions.size(); ++level) {
    const Matrix& transition = transitions[level - 1];
    reaching = transition * reaching;
    const bool last = level == transitions.size();
    for (std::size_t token = last ? output : 0; token < (last ? output + 1 : tokens); ++token) {
      check_stop();
      const double* row = transition.row(static_cast<Index>(token)).data();
      ways[level][token] = best_ways(row, ways[level - 1], count);
    }
  }
  Routes routes;
  routes.total = reaching[static_cast<Index>(output)];
  for (const Way& best : ways.back()[output]) {
    Route route{best.probability, {output}};
    Way way = best;
    for (std::size_t level = transitions.size(); level-- > 0;) {
      route.tokens.push_back(way.next);
      if (level > 0) way = ways[level][way.next][way.rank];
    }
    routes.best.push_back(std::move(route));
  }
  return routes;
}

}  // namespace attngraph
