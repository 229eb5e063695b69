// The best routes of a graph without cycles, by dynamic programming.
//
// Nodes are visited behind all that lead to them. Each keeps its `count` best routes from the input
// as steps back: a predecessor and which of its routes. They are merged from those of the
// predecessors, which are sorted already, by a heap. O(nodes + edges + nodes * count * log degree);
// a graph of attributions has no layers, so the products of matrices of routes.cpp do not fit it.

#include "metrics/paths/acyclic_routes.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "graph/acyclic_order.hpp"
#include "tensor/compressed_rows.hpp"

namespace attngraph {
namespace {

constexpr double smallest_sum = 1e-10;

/// A route to a node, by its last step.
struct Step {
  double probability = 0;
  std::int32_t from = -1;
  std::size_t rank = 0;  // among the routes to `from`
};

/// A source of a node, with its share of all that comes in there.
struct Incoming {
  std::int32_t source;
  double share;
};

bool is_worse(const Step& a, const Step& b) {
  if (a.probability != b.probability) return a.probability < b.probability;
  if (a.from != b.from) return a.from > b.from;
  return a.rank > b.rank;
}

class RouteSearch {
 public:
  RouteSearch(const EdgeArrays& edges, std::size_t input, std::size_t count)
      : incoming_(compressed_rows(reversed(without_zeros(edges)))),
        count_(count),
        best_(edges.nodes),
        total_(edges.nodes) {
    best_[input] = {Step{1.0, -1, 0}};
    total_[input] = 1;
    for (const std::size_t node :
         acyclic_order(incoming_, "routes of a graph without layers need one without cycles")) {
      if (node != input) reach(node);
    }
  }

  Routes to(std::size_t output) const {
    Routes routes{{}, total_[output]};
    for (const Step& last : best_[output]) {
      Route route{last.probability, {output}};
      for (Step step = last; step.from >= 0;) {
        const auto from = static_cast<std::size_t>(step.from);
        route.tokens.push_back(from);
        step = best_[from][step.rank];
      }
      routes.best.push_back(std::move(route));
    }
    return routes;
  }

 private:
  CompressedRows incoming_;  // rows are targets
  std::size_t count_;
  std::vector<std::vector<Step>> best_;
  std::vector<double> total_;

  std::vector<Incoming> sources_of(std::size_t node) const {
    const auto sources = incoming_.targets(node);
    const auto weights = incoming_.weights(node);
    const double sum = std::max(smallest_sum, std::accumulate(weights.begin(), weights.end(), 0.0));
    std::vector<Incoming> all;
    for (std::size_t i = 0; i < sources.size(); ++i) all.push_back({sources[i], weights[i] / sum});
    std::sort(all.begin(), all.end(),
              [](const Incoming& a, const Incoming& b) { return a.source < b.source; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (kept > 0 && all[kept - 1].source == all[i].source) {
        all[kept - 1].share += all[i].share;
      } else {
        all[kept++] = all[i];
      }
    }
    all.resize(kept);
    return all;
  }

  void reach(std::size_t node) {
    const std::vector<Incoming> sources = sources_of(node);
    const auto worse = [](const auto& a, const auto& b) { return is_worse(a.first, b.first); };
    std::vector<std::pair<Step, double>> heap;  // with the share of the last edge
    for (const Incoming& one : sources) {
      const auto from = static_cast<std::size_t>(one.source);
      total_[node] += one.share * total_[from];
      if (best_[from].empty()) continue;
      heap.push_back({{one.share * best_[from].front().probability, one.source, 0}, one.share});
    }
    std::make_heap(heap.begin(), heap.end(), worse);
    while (!heap.empty() && best_[node].size() < count_) {
      std::pop_heap(heap.begin(), heap.end(), worse);
      auto [step, share] = heap.back();
      heap.pop_back();
      best_[node].push_back(step);
      const std::vector<Step>& routes = best_[static_cast<std::size_t>(step.from)];
      if (++step.rank == routes.size()) continue;
      step.probability = share * routes[step.rank].probability;
      heap.push_back({step, share});
      std::push_heap(heap.begin(), heap.end(), worse);
    }
  }
};

}  // namespace

Routes acyclic_routes(const EdgeArrays& edges, std::size_t input, std::size_t output,
                      std::size_t count) {
  if (input == output) return {};
  return RouteSearch(edges, input, count).to(output);
}

}  // namespace attngraph
