#include "graph/graphs.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"

namespace attngraph {
namespace {

Dump edge_dump() {
  Dump dump;
  dump.source = "edges.csv";
  dump.nodes = 3;
  dump.edges.push_back({0, 1, {3, {0, 2, 1}, {1, 0, 1}, {0.5, 0.25, 0.0}}});
  dump.edges.push_back({2, 0, {3, {0}, {2}, {1.0}}});
  return dump;
}

TEST_CASE("attention gives one graph for each head, where the head stands in the file") {
  const Attention whole(
      {Tensor::from(std::vector<double>{1, 0, 0.5, 0.5, 0, 1, 1, 0}, {2, 2, 2}),
       Tensor::from(std::vector<double>{0.25, 0.75, 0.75, 0.25, 0, 0, 1, 0}, {2, 2, 2})},
      {"a", "b"});
  const Graphs source(whole.selected({0, 1}, {1}, std::nullopt));
  CHECK(source.count() == 2);
  CHECK(source.nodes() == 2);
  CHECK(source.labels() == std::vector<std::string>{"a", "b"});
  CHECK(source.layer(1) == 1);
  CHECK(source.head(1) == HeadLabel(std::int64_t{1}));
  CHECK(!source.single_precision());
  CHECK(source.graph(0, {}).edges().target == std::vector<std::int32_t>{1, 0});
  CHECK(source.graph(1, {Direction::informs}).edges().target == std::vector<std::int32_t>{1});
  CHECK(source.graph(1, {}).weights()(1, 0) == 1.0);
}

TEST_CASE("a fused head has a name") {
  const Attention whole({Tensor::from(std::vector<float>{1, 1}, {2, 1, 1})});
  const Graphs source(whole.selected({0}, {0, 1}, Fuse::mean));
  CHECK(source.count() == 1);
  CHECK(source.single_precision());
  CHECK(source.fused());
  CHECK(source.head(0) == HeadLabel(std::string("mean")));
}

TEST_CASE("cross-attention has queries and keys as different nodes") {
  const Attention cross({Tensor::from(std::vector<double>{0.5, 0.25, 0.25}, {1, 1, 3})},
                        {"le", "chat", "dort"});
  const Graphs source(cross);
  CHECK(source.labels() == std::vector<std::string>{"q:0", "k:le", "k:chat", "k:dort"});
  const Graph graph = source.graph(0, {Direction::attends, SelfLoops::drop});
  CHECK(!graph.dense());
  CHECK(graph.edges().target == std::vector<std::int32_t>{1, 2, 3});
}

TEST_CASE("cross-attention is bipartite also where there are as many queries as keys") {
  Attention cross({Tensor::from(std::vector<double>{0.5, 0.5, 0, 1}, {1, 2, 2})}, {"x", "y"});
  cross.set_sides(Sides::cross, {});
  const Graphs graphs(cross);
  CHECK(graphs.labels() == std::vector<std::string>{"q:0", "q:1", "k:x", "k:y"});
  const Graph graph = graphs.graph(0, {Direction::attends, SelfLoops::drop});
  CHECK(graph.nodes() == 4);
  CHECK(!graph.dense());
  CHECK(graph.edges().source == std::vector<std::int32_t>{0, 0, 1});
  CHECK(graph.edges().target == std::vector<std::int32_t>{2, 3, 3});
}

TEST_CASE("edge lists are graphs too, without their zero weights") {
  const Dump dump = edge_dump();
  const Graphs source(dump, {}, {}, {});
  CHECK(source.count() == 2);
  CHECK(source.labels() == std::vector<std::string>{"0", "1", "2"});
  CHECK(source.layer(1) == 2);
  CHECK(source.head(0) == HeadLabel(std::int64_t{1}));
  const EdgeArrays edges = source.graph(0, {Direction::informs}).edges();
  CHECK(edges.nodes == 3);
  CHECK(edges.source == std::vector<std::int32_t>{1, 0});
  CHECK(edges.target == std::vector<std::int32_t>{0, 2});
}

TEST_CASE("layers and heads of edge lists are chosen by their numbers") {
  const Dump dump = edge_dump();
  const Graphs last(dump, IndexList::parse("2", "$layer"), {}, {});
  CHECK(last.count() == 1);
  CHECK(last.layer(0) == 2);
  CHECK_THROWS_WITH_AS(Graphs(dump, IndexList::parse("1", "$layer"), {}, {}),
                       "$layer, $head: the file has no edges of such a layer and head",
                       ArgumentError);
}

TEST_CASE("labels of an edge list are one for each node") {
  const Dump dump = edge_dump();
  CHECK(Graphs(dump, {}, {}, {"x", "y", "z"}).labels()[2] == "z");
  CHECK_THROWS_AS(Graphs(dump, {}, {}, {"x", "y"}), InputError);
}

TEST_CASE("an edge list with a weight below zero is refused with its place") {
  Dump dump = edge_dump();
  dump.edges[1].edges.weight[0] = -0.5;
  CHECK_THROWS_WITH_AS(Graphs(dump, {}, {}, {}),
                       "edges.csv: layer 2, head 0, edge 0 -> 2: the weight is -0.5, a finite "
                       "number of at least 0 was expected",
                       InputError);
}

}  // namespace
}  // namespace attngraph
