#include "graph/graphs.hpp"

#include <doctest/doctest.h>

#include "tensor/dump.hpp"

namespace attngraph {
namespace {

/// Of layer 0, head 1 and layer 2, head 0.
std::vector<EdgeList> lists() {
  return {{0, 1, {3, {0, 2, 1}, {1, 0, 1}, {0.5, 0.25, 0.0}}}, {2, 0, {3, {0}, {2}, {1.0}}}};
}

TEST_CASE("attention gives one graph for each head, where the head stands in the file") {
  const Attention whole(
      {Tensor::from(std::vector<double>{1, 0, 0.5, 0.5, 0, 1, 1, 0}, {2, 2, 2}),
       Tensor::from(std::vector<double>{0.25, 0.75, 0.75, 0.25, 0, 0, 1, 0}, {2, 2, 2})},
      {"a", "b"});
  const Attention selection = whole.selected({0, 1}, {1}, std::nullopt);
  const Graphs source(selection);
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
  const Attention fused = whole.selected({0}, {0, 1}, Fuse::mean);
  const Graphs source(fused);
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

TEST_CASE("edge lists are graphs too, one for each, without their zero weights") {
  const std::vector<EdgeList> edge_lists = lists();
  const Attention attention = Attention::edges(edge_lists, 3, {}, "edges.csv");
  const Graphs graphs(attention);
  CHECK(graphs.count() == 2);
  CHECK_FALSE(graphs.dense());
  CHECK(graphs.labels() == std::vector<std::string>{"0", "1", "2"});
  CHECK(graphs.layer(0) == 0);
  CHECK(graphs.head(0) == HeadLabel(std::int64_t{1}));
  CHECK(graphs.layer(1) == 2);
  CHECK(graphs.place(1) == "edges.csv: layer 2, head 0");
  const EdgeArrays edges = graphs.graph(0, {Direction::informs}).edges();
  CHECK(edges.nodes == 3);
  CHECK(edges.source == std::vector<std::int32_t>{1, 0});
  CHECK(edges.target == std::vector<std::int32_t>{0, 2});
}

}  // namespace
}  // namespace attngraph
