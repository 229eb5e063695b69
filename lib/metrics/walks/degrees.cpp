#include "metrics/walks/degrees.hpp"

#include <optional>
#include <utility>

#include "graph/attention_graph.hpp"
#include "graph/igraph_door.hpp"

namespace attngraph {
namespace {

Vector sums(std::size_t nodes, const std::vector<std::int32_t>& ends,
            const std::vector<double>* weights) {
  Vector sum = Vector::Zero(static_cast<Index>(nodes));
  for (std::size_t i = 0; i < ends.size(); ++i) sum[ends[i]] += weights ? (*weights)[i] : 1.0;
  return sum;
}

enum class End { source, target };
enum class Counted { edges, weights };

/// Entry by entry and row by row, as edges would be added up.
Vector of_matrix(const Graph& graph, End end, Counted counted) {
  const Matrix& weights = graph.weights();
  const bool by_query = (end == End::source) == (graph.direction() == Direction::attends);
  Vector sum = Vector::Zero(weights.rows());
  for (Index q = 0; q < weights.rows(); ++q) {
    for (Index k = 0; k < weights.cols(); ++k) {
      const double weight = weights(q, k);
      const double more = counted == Counted::weights ? weight : (weight > 0 ? 1.0 : 0.0);
      sum[by_query ? q : k] += more;
    }
  }
  return sum;
}

}  // namespace

Vector in_degree(const EdgeArrays& edges) { return sums(edges.nodes, edges.target, nullptr); }

Vector out_degree(const EdgeArrays& edges) { return sums(edges.nodes, edges.source, nullptr); }

Vector in_strength(const EdgeArrays& edges) {
  return sums(edges.nodes, edges.target, &edges.weight);
}

Vector out_strength(const EdgeArrays& edges) {
  return sums(edges.nodes, edges.source, &edges.weight);
}

Vector in_degree(const Graph& graph) {
  return graph.dense() ? of_matrix(graph, End::target, Counted::edges) : in_degree(graph.edges());
}

Vector out_degree(const Graph& graph) {
  return graph.dense() ? of_matrix(graph, End::source, Counted::edges) : out_degree(graph.edges());
}

Vector in_strength(const Graph& graph) {
  return graph.dense() ? of_matrix(graph, End::target, Counted::weights)
                       : in_strength(graph.edges());
}

Vector out_strength(const Graph& graph) {
  return graph.dense() ? of_matrix(graph, End::source, Counted::weights)
                       : out_strength(graph.edges());
}

Vector coreness(const Graph& graph) {
  const EdgeArrays& edges = graph.edges();
  // igraph counts self-loops.
  EdgeArrays others = without_self_loops(edges);
  std::optional<AttentionGraph> without;
  if (others.size() < edges.size()) without.emplace(std::move(others));
  const AttentionGraph& asked = without ? *without : graph.igraph();
  door::Integers cores;
  door::checked(igraph_coreness(door::igraph(asked), cores.get(), IGRAPH_ALL), "core");
  Vector result(static_cast<Index>(graph.nodes()));
  for (std::size_t v = 0; v < graph.nodes(); ++v) {
    result[static_cast<Index>(v)] = static_cast<double>(cores[v]);
  }
  return result;
}

}  // namespace attngraph
