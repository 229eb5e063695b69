#include "report/parts/graph_answers.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "metrics/walks/degrees.hpp"
#include "metrics/walks/eigenvector.hpp"
#include "metrics/walks/pagerank.hpp"
#include "report/parts/graph_source.hpp"

namespace attngraph {
namespace {

template <typename Weights>
Vector walk_on(Weights weights, const CentralityOptions& options) {
  if (options.self_loops == SelfLoops::drop) weights.diagonal().setZero();
  return pagerank(weights, options.direction, options.damping);
}

}  // namespace

Vector GraphAnswers::of(Metric metric) {
  switch (metric) {
    case Metric::in_degree:
      return in_degree(edges());
    case Metric::out_degree:
      return out_degree(edges());
    case Metric::in_strength:
      return in_strength(edges());
    case Metric::out_strength:
      return out_strength(edges());
    case Metric::pagerank:
      return walk();
    case Metric::betweenness:
      return by_igraph() ? igraph_betweenness(lengths()) : paths().betweenness;
    case Metric::closeness:
      return by_igraph() ? igraph_closeness(lengths()) : paths().closeness;
    case Metric::harmonic:
      return by_igraph() ? igraph_harmonic(lengths()) : paths().harmonic;
    case Metric::eigenvector:
      return eigenvector(edges());
    case Metric::hub:
      return hubs().hub;
    case Metric::authority:
      return hubs().authority;
    case Metric::core:
      return coreness(edges());
  }
  return {};
}

const EdgeArrays& GraphAnswers::edges() {
  if (!edges_) edges_ = source_.edges(i_, options_.direction, options_.self_loops);
  return *edges_;
}

Vector GraphAnswers::walk() {
  if (by_igraph()) return pagerank(edges(), options_.damping, Engine::igraph);
  if (auto weights = source_.stored_matrix(i_)) return walk_on(*std::move(weights), options_);
  if (auto weights = source_.matrix(i_)) return walk_on(*std::move(weights), options_);
  return pagerank(edges(), options_.damping);
}

const LengthGraph& GraphAnswers::lengths() {
  if (lengths_) return *lengths_;
  try {
    lengths_ = length_graph(edges(), options_.distance);
  } catch (const InputError& error) {
    // It knows the edge but not in which graph.
    throw InputError(source_.place(i_) + ", " + error.where(), error.problem(), error.hint());
  }
  return *lengths_;
}

const PathMetrics& GraphAnswers::paths() {
  if (!paths_) {
    const auto& metrics = options_.metrics;
    const bool between =
        std::find(metrics.begin(), metrics.end(), Metric::betweenness) != metrics.end();
    paths_ =
        path_metrics(lengths(), between ? Betweenness::wanted : Betweenness::left_out, progress_);
  }
  return *paths_;
}

const HubAuthority& GraphAnswers::hubs() {
  if (!hubs_) hubs_ = hub_authority(edges());
  return *hubs_;
}

}  // namespace attngraph
