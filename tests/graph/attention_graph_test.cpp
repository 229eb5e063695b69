#include "graph/attention_graph.hpp"

#include <doctest/doctest.h>
#include <signal.h>

#include "core/error.hpp"
#include "core/stop.hpp"
#include "graph/igraph_door.hpp"

namespace attngraph {
namespace {

EdgeArrays complete(std::size_t nodes) {
  EdgeArrays edges;
  edges.nodes = nodes;
  for (std::size_t u = 0; u < nodes; ++u) {
    for (std::size_t v = 0; v < nodes; ++v) edges.add(u, v, 1.0);
  }
  return edges;
}

TEST_CASE("edge i of the arrays is edge i inside igraph, with its direction") {
  EdgeArrays edges;
  edges.nodes = 3;
  edges.add(2, 0, 0.5);
  edges.add(0, 1, 0.25);
  const AttentionGraph graph(edges);
  CHECK(graph.nodes() == 3);
  CHECK(igraph_vcount(door::igraph(graph)) == 3);
  CHECK(igraph_is_directed(door::igraph(graph)));
  CHECK(IGRAPH_FROM(door::igraph(graph), 0) == 2);
  CHECK(IGRAPH_TO(door::igraph(graph), 0) == 0);
  CHECK(IGRAPH_FROM(door::igraph(graph), 1) == 0);
  CHECK(IGRAPH_TO(door::igraph(graph), 1) == 1);
}

TEST_CASE("a graph that was moved from leaves nothing to free twice") {
  AttentionGraph graph(complete(4));
  const AttentionGraph moved = std::move(graph);
  CHECK(moved.edges().size() == 16);
}

TEST_CASE("what igraph refuses becomes an error with its reason") {
  const AttentionGraph graph(complete(2));
  const door::Numbers lengths{std::span<const double>(std::vector<double>(4, -1.0))};
  door::Numbers result;
  CHECK_THROWS_WITH_AS(
      door::checked(door::betweenness(door::igraph(graph), lengths.get(), result.get()),
                    "betweenness"),
      doctest::Contains("betweenness: igraph could not answer: "), std::runtime_error);
  const AttentionGraph next(complete(3));
  CHECK(next.nodes() == 3);
}

TEST_CASE("a stop asked for ends long work inside igraph") {
  const AttentionGraph graph(complete(300));
  const door::Numbers lengths{std::span<const double>(graph.edges().weight)};
  door::Numbers result;
  request_stop(SIGINT);
  CHECK_THROWS_AS(door::checked(door::betweenness(door::igraph(graph), lengths.get(), result.get()),
                                "betweenness"),
                  Interrupted);
  CHECK_THROWS_AS(check_stop(), Interrupted);
  request_stop(0);
  CHECK_NOTHROW(check_stop());
}

TEST_CASE("the version of igraph is known") { CHECK(std::string(igraph_release()).size() >= 3); }

}  // namespace
}  // namespace attngraph
