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

TEST_CASE("the last queries of a text are its last tokens, and the others have no edges") {
  const std::vector<double> weights{.5, .25, .25, 0, .1, .2, .3, .4};
  Attention last({Tensor::from(weights, {1, 2, 4})}, {"a", "b", "c", "d"});
  last.set_sides(Sides::self, {"c", "d"});
  const Graphs graphs(last);
  CHECK(graphs.labels() == std::vector<std::string>{"a", "b", "c", "d"});
  for (const EdgeRules& rules : {EdgeRules{}, EdgeRules{Direction::informs, SelfLoops::keep},
                                 EdgeRules{Direction::attends, SelfLoops::drop}}) {
    std::vector<double> padded(8, 0.0);
    padded.insert(padded.end(), weights.begin(), weights.end());
    const Attention whole({Tensor::from(padded, {1, 4, 4})}, {"a", "b", "c", "d"});
    const Graph graph = graphs.graph(0, rules), other(whole, 0, 0, rules);
    CHECK(graph.dense());
    CHECK_FALSE(graph.bipartite());
    CHECK(graph.edges().source == other.edges().source);
    CHECK(graph.edges().target == other.edges().target);
    CHECK(graph.edges().weight == other.edges().weight);
    CHECK(graphs.graph(0, rules).weights() == other.weights());
    std::vector<std::size_t> rows;
    graphs.graph(0, rules).for_each_row([&](const SparseRow& row) { rows.push_back(row.query); });
    CHECK(rows == std::vector<std::size_t>{2, 3});
    std::vector<std::int32_t> sources;
    graphs.graph(0, rules).parts(1, [&](const EdgeArrays& part) {
      sources.insert(sources.end(), part.source.begin(), part.source.end());
    });
    std::vector<std::int32_t> wanted;
    Graph(whole, 0, 0, rules).parts(1, [&](const EdgeArrays& part) {
      wanted.insert(wanted.end(), part.source.begin(), part.source.end());
    });
    CHECK(sources == wanted);
  }
  RowCriteria most;
  most.top_k = 1;
  CHECK(graphs.counted(0, most, Direction::attends).edges().source == std::vector<std::int32_t>{2});
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
