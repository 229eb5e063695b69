#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <numeric>

#include "metrics/flow/max_flow.hpp"
#include "metrics/paths/path_metrics.hpp"
#include "metrics/random_attention.hpp"
#include "metrics/walks/degrees.hpp"
#include "metrics/walks/eigenvector.hpp"
#include "metrics/walks/hub_authority.hpp"
#include "metrics/walks/pagerank.hpp"

namespace attngraph {
namespace {

// Weights that are multiples of 1/16, many of them zero: ties and missing edges everywhere.
Matrix any_matrix() {
  const auto n = *rc::gen::inRange<Index>(1, 10);
  Matrix weights(n, n);
  for (Index i = 0; i < weights.size(); ++i) {
    weights.data()[i] = std::max(0, *rc::gen::inRange(-8, 17)) / 16.0;
  }
  return weights;
}

using Measure = Vector (*)(const Matrix&);

Vector paths(const Matrix& weights, Vector PathMetrics::*which) {
  return path_metrics(Graph(weights), Distance::inverse).*which;
}

constexpr std::pair<const char*, Measure> measures[] = {
    {"in_strength", [](const Matrix& w) { return degrees(Graph(w)).in_strength; }},
    {"pagerank", [](const Matrix& w) { return pagerank(w, Direction::attends, 0.85); }},
    {"betweenness", [](const Matrix& w) { return paths(w, &PathMetrics::betweenness); }},
    {"closeness", [](const Matrix& w) { return paths(w, &PathMetrics::closeness); }},
    {"harmonic", [](const Matrix& w) { return paths(w, &PathMetrics::harmonic); }},
    {"eigenvector", [](const Matrix& w) { return eigenvector(Graph(w, {Direction::attends})); }},
    {"hub", [](const Matrix& w) { return hub_authority(edge_arrays(w, Direction::attends)).hub; }},
    {"core", [](const Matrix& w) { return coreness(Graph(w)); }}};

TEST_CASE("permuting tokens permutes every centrality") {
  CHECK(rc::check("all measures", [] {
    const Matrix weights = any_matrix();
    const Index n = weights.rows();
    std::vector<int> order(static_cast<std::size_t>(n));
    std::iota(order.begin(), order.end(), 0);
    const auto seed = *rc::gen::arbitrary<unsigned>();
    std::shuffle(order.begin(), order.end(), std::mt19937(seed));
    Eigen::PermutationMatrix<Eigen::Dynamic> moved(n);
    for (Index v = 0; v < n; ++v) moved.indices()[v] = order[static_cast<std::size_t>(v)];
    const Matrix other = moved * weights * moved.transpose();
    for (const auto& [name, measure] : measures) {
      RC_LOG() << name << '\n';
      RC_ASSERT(agree(moved * measure(weights), measure(other), 1e-9));
    }
  }));
}

TEST_CASE("informs asks the same of the transposed matrix") {
  CHECK(rc::check("pagerank, eigenvector, hubs", [] {
    const Matrix weights = any_matrix();
    const EdgeArrays informs = edge_arrays(weights, Direction::informs);
    const EdgeArrays transposed = edge_arrays(weights.transpose(), Direction::attends);
    RC_ASSERT(agree(pagerank(weights, Direction::informs, 0.7), pagerank(transposed, 0.7), 1e-10));
    RC_ASSERT(agree(eigenvector(Graph(informs)), eigenvector(Graph(transposed)), 1e-9));
    RC_ASSERT(agree(hub_authority(informs).hub,
                    hub_authority(edge_arrays(weights, Direction::attends)).authority, 1e-9));
  }));
}

TEST_CASE("PageRank is a distribution, and is the same however weights are scaled") {
  CHECK(rc::check("sum and scale", [] {
    const Matrix weights = any_matrix();
    const Vector rank = pagerank(weights, Direction::attends, 0.85);
    RC_ASSERT(std::abs(rank.sum() - 1.0) < 1e-12);
    RC_ASSERT(rank.minCoeff() > 0.0);
    RC_ASSERT(agree(rank, pagerank(Matrix(weights * 3.7), Direction::attends, 0.85), 1e-11));
  }));
}

TEST_CASE("a flow is no larger than what leaves the source or enters the sink") {
  CHECK(rc::check("bounds", [] {
    const Matrix weights = any_matrix();
    RC_PRE(weights.rows() > 1);
    const AttentionGraph graph(without_self_loops(edge_arrays(weights, Direction::attends)));
    const double flow = max_flow(graph, 0, 1);
    RC_ASSERT(flow <= degrees(Graph(graph.edges())).out_strength[0] + 1e-12);
    RC_ASSERT(flow <= degrees(Graph(graph.edges())).in_strength[1] + 1e-12);
    RC_ASSERT(flow >= weights(0, 1) - 1e-12);
    RC_ASSERT(std::abs(minimum_cut(graph, 0, 1).capacity - flow) < 1e-12);
  }));
}

}  // namespace
}  // namespace attngraph
