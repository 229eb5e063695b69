#include "attention/attention.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "attention/computed/attend.hpp"
#include "attention/computed/largest_weights.hpp"
#include "attention/edges/attention_of_edges.hpp"
#include "attention/head_maker.hpp"
#include "attention/layers/layer_transition.hpp"
#include "attention/layers/rollout.hpp"
#include "core/error.hpp"

namespace attngraph {
namespace {

constexpr std::size_t layers = 2, heads = 2, tokens = 37, width = 4;

Tensor numbers(const Shape& shape, double step) {
  std::vector<float> values(shape[0] * shape[1] * shape[2] * shape[3]);
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = static_cast<float>(std::sin(step * static_cast<double>(i)) * 2);
  }
  return Tensor::from(std::move(values), shape);
}

AttendInput queries_and_keys() {
  AttendInput input;
  input.query = numbers({layers, heads, tokens, width}, 0.37);
  input.key = numbers({layers, 1, tokens, width}, 0.91);
  return input;
}

AttendOptions causal_rules(bool causal) {
  AttendOptions options;
  options.causal = causal;
  return options;
}

Attention computed(const AttendInput& input, bool causal = false) {
  return Attention::computed(MultiHeadAttention(input, causal_rules(causal)), {});
}

/// What a file with the computed weights would hold.
Attention saved(const Attention& attention) {
  std::vector<Tensor> files;
  for (std::size_t l = 0; l < attention.layers(); ++l) {
    std::vector<float> values;
    for (std::size_t h = 0; h < attention.heads(); ++h) {
      const Matrix head = attention.head(l, h);
      values.insert(values.end(), head.data(), head.data() + head.size());
    }
    files.push_back(Tensor::from(std::move(values),
                                 {attention.heads(), attention.queries(), attention.keys()}));
  }
  return Attention(std::move(files));
}

Matrix of_rows(const Attention& attention, std::size_t l, std::size_t h) {
  Matrix whole =
      Matrix::Zero(static_cast<Index>(attention.queries()), static_cast<Index>(attention.keys()));
  attention.rows(l, h, [&](const RowBlock<double>& block) {
    whole.block(block.first_query, block.first_key, block.weights.rows(), block.weights.cols()) =
        block.weights;
  });
  return whole;
}

/// The same put together from parts of odd sizes.
Matrix of_parts(const Attention& attention, std::size_t l, std::size_t h) {
  const auto rows = static_cast<Index>(attention.queries());
  const auto columns = static_cast<Index>(attention.keys());
  Matrix whole(rows, columns);
  const auto parts = attention.parts(l, h);
  for (Index row = 0; row < rows; row += 10) {
    for (Index column = 0; column < columns; column += 7) {
      const BlockPlace place{row, column, std::min<Index>(10, rows - row),
                             std::min<Index>(7, columns - column)};
      whole.block(row, column, place.queries, place.keys) = parts->part(place);
    }
  }
  return whole;
}

LargestWeights<double> largest(const Attention& attention, std::size_t count) {
  LargestWeights<double> all;
  attention.largest_weights(1, 0, count, [&](const LargestWeights<double>& some) {
    all.query.insert(all.query.end(), some.query.begin(), some.query.end());
    all.key.insert(all.key.end(), some.key.begin(), some.key.end());
    all.weight.insert(all.weight.end(), some.weight.begin(), some.weight.end());
  });
  return all;
}

TEST_CASE("computed and stored attention hand out the same in every form") {
  for (const bool causal : {false, true}) {
    Attention made = computed(queries_and_keys(), causal);
    Attention file = saved(made);
    for (const bool divided : {false, true}) {
      if (divided) {
        made.normalize_rows();
        file.normalize_rows();
      }
      CHECK(made.causal() == causal);
      CHECK(file.causal() == causal);
      CHECK(made.single_precision());
      for (const Fuse fuse : {Fuse::mean, Fuse::max, Fuse::min}) {
        CHECK(made.fused_layer(1, fuse) == file.fused_layer(1, fuse));
      }
      CHECK(made.head(1, 1) == file.head(1, 1));
      CHECK(of_rows(made, 0, 1) == made.head(0, 1));
      CHECK(of_rows(file, 0, 1) == made.head(0, 1));
      CHECK(of_parts(made, 0, 1).isApprox(made.head(0, 1), 1e-6));
      CHECK(of_parts(file, 0, 1) == made.head(0, 1));
      CHECK(made.numbers(0, 1).to_doubles() == file.numbers(0, 1).to_doubles());
      CHECK(made.stored_head(0, 0).has_value() != divided);
      const auto a = largest(made, 5), b = largest(file, 5);
      CHECK(a.query == b.query);
      CHECK(a.key == b.key);
      REQUIRE(a.weight.size() == b.weight.size());
      for (std::size_t i = 0; i < a.weight.size(); ++i) {
        CHECK(a.weight[i] == doctest::Approx(b.weight[i]).epsilon(1e-6));
      }
    }
    const Attention mean = made.selected({1}, {0, 1}, Fuse::mean);
    CHECK(of_rows(mean, 0, 0) == file.fused_layer(1, Fuse::mean));
    CHECK(of_parts(mean, 0, 0).isApprox(file.fused_layer(1, Fuse::mean), 1e-6));
    CHECK(mean.place(0, 0) == "$query: layer 1, head mean");
  }
}

TEST_CASE("parts of merged tokens, of edges and of other normalizers are those of their matrix") {
  AttendOptions options;
  options.normalizer = Normalizer::sparsemax;
  const Attention sparse = Attention::computed(MultiHeadAttention(queries_and_keys(), options), {});
  CHECK(of_parts(sparse, 0, 1) == sparse.head(0, 1));
  const Attention largest = sparse.selected({1}, {0, 1}, Fuse::max);
  CHECK(of_parts(largest, 0, 0) == sparse.fused_layer(1, Fuse::max));
}

TEST_CASE("a mask that hides every later key makes computed attention causal") {
  AttendInput input = queries_and_keys();
  std::vector<double> mask(tokens * tokens, 0.0);
  for (std::size_t q = 0; q < tokens; ++q) {
    for (std::size_t k = 0; k <= q; ++k) mask[q * tokens + k] = 1;
  }
  input.mask = Tensor::from(mask, {tokens, tokens});
  CHECK(computed(input).causal());
  mask[tokens - 1] = 1;
  input.mask = Tensor::from(mask, {tokens, tokens});
  CHECK_FALSE(computed(input).causal());
}

TEST_CASE("a row of rollout is that of the whole product, without a matrix of a layer") {
  const Attention made = computed(queries_and_keys(), true);
  for (const Fuse fuse : {Fuse::mean, Fuse::max}) {
    for (const char* residual : {"0.5", "none", "add", "raw"}) {
      TransitionOptions options;
      options.fuse = fuse;
      options.residual = residual_named(residual);
      const Matrix whole = rollout<double>(made, options, {0, 1});
      const Vector row = rollout_row(made, options, {0, 1}, Vector::Unit(tokens, 20));
      CHECK((row.transpose() - whole.row(20)).cwiseAbs().maxCoeff() < 1e-14);
    }
  }
}

TEST_CASE("several batch items, or labels for other keys, are no attention") {
  AttendInput batch;
  batch.query = numbers({1, 3, tokens, width}, 0.3).at(0, 0);
  batch.key = batch.query;
  AttendOptions options;
  options.heads = 2;
  const MultiHeadAttention several(batch, options);
  CHECK_THROWS_WITH_AS(Attention::computed(several, {}),
                       "$query: holds 3 batch items, expected one", ArgumentError);
  CHECK_THROWS_AS(
      Attention::computed(MultiHeadAttention(queries_and_keys(), causal_rules(false)), {"a"}),
      InputError);
}

TEST_CASE("a matrix that has to be made is refused where it would not fit") {
  Attention made = computed(queries_and_keys());
  made.set_limits({.memory = 1000});
  CHECK_THROWS_AS(made.head(0, 0), LimitError);
  CHECK_THROWS_AS(made.stored_head(0, 0), LimitError);
  CHECK_THROWS_AS(made.fused_layer(0, Fuse::mean), LimitError);
  CHECK_THROWS_AS(made.numbers(0, 0), LimitError);
  std::size_t rows = 0;
  made.rows(0, 0, [&](const RowBlock<double>& block) {
    rows += static_cast<std::size_t>(block.weights.rows());
  });
  CHECK(rows == tokens);
}

EdgeArrays edges_of(std::initializer_list<std::tuple<std::size_t, std::size_t, double>> list) {
  EdgeArrays edges;
  edges.nodes = 3;
  for (const auto& [source, target, weight] : list) edges.add(source, target, weight);
  return edges;
}

/// Layers 1 and 3, heads 0 and 2, one of the four left out; an edge that stands twice.
Dump edge_dump() {
  Dump dump;
  dump.source = "a.csv";
  dump.nodes = 3;
  dump.edges.push_back({1, 0, edges_of({{0, 0, 1}, {1, 0, .25}, {1, 1, .5}, {1, 0, .25}})});
  dump.edges.push_back({1, 2, edges_of({{0, 2, 1}, {1, 1, 1}, {2, 0, 1}})});
  dump.edges.push_back({3, 0, edges_of({{2, 0, .5}, {2, 2, .5}})});
  return dump;
}

TEST_CASE("edge lists are the matrices that their edges make") {
  const Dump dump = edge_dump();
  std::vector<std::string> notes;
  const Attention all = attention_of_edges(dump, {}, notes);
  CHECK(all.layers() == 2);
  CHECK(all.heads() == 2);
  CHECK(all.layer_index(1) == 3);
  CHECK(all.head_label(1) == HeadLabel(2));
  CHECK_FALSE(all.causal());
  CHECK(all.seen_keys() == 3);
  Matrix expected(3, 3);
  expected << 1, 0, 0, .5, .5, 0, 0, 0, 0;
  CHECK(all.head(0, 0) == expected);
  CHECK(of_rows(all, 0, 0) == expected);
  CHECK(all.head(1, 1) == Matrix::Zero(3, 3));
  CHECK(all.edges(0, 0)->size() == 4);
  CHECK(all.edges(1, 1)->size() == 0);
  CHECK_FALSE(all.has(1, 1));
  CHECK_FALSE(all.is_full());
  CHECK(all.present() == std::vector<SelectedHead>{{0, 0}, {0, 1}, {1, 0}});
  StackRequest request;
  request.heads = IndexList::parse("0", "$head");
  request.fuse = Fuse::max;
  const Attention first = attention_of_edges(dump, request, notes);
  CHECK(first.heads() == 1);
  CHECK(first.head(0, 0) == expected);
  CHECK(first.edges(0, 0) == nullptr);
}

TEST_CASE("edges between queries and keys of their own are cross-attention") {
  Dump dump;
  dump.nodes = 5;
  dump.queries = 2;
  dump.tokens = {"the", "cat", "le", "chat", "noir"};
  EdgeArrays edges{5, {0, 1, 1}, {2, 3, 4}, {1, .25, .75}};
  dump.edges.push_back({0, 0, edges});
  std::vector<std::string> notes;
  const Attention all = attention_of_edges(dump, {}, notes);
  CHECK(all.cross());
  CHECK(all.seen_keys() == 3);
  Matrix expected(2, 3);
  expected << 1, 0, 0, 0, .25, .75;
  CHECK(all.head(0, 0) == expected);
  CHECK(all.edges(0, 0) == nullptr);
  CHECK(all.query_labels() == std::vector<std::string>{"the", "cat"});
  CHECK(all.key_labels() == std::vector<std::string>{"le", "chat", "noir"});
  StackRequest small;
  small.limits.memory = 40;
  CHECK_THROWS_AS(attention_of_edges(dump, small, notes), LimitError);
}

TEST_CASE("rows of edges are divided without a matrix") {
  Dump dump = edge_dump();
  for (double& weight : dump.edges[0].edges.weight) weight *= 4;
  StackRequest request;
  request.normalize = Normalize::rows;
  request.limits.memory = 1000;
  std::vector<std::string> notes;
  Attention divided = attention_of_edges(dump, request, notes);
  REQUIRE(divided.edges(0, 0) != nullptr);
  CHECK(divided.edges(0, 0)->weight == std::vector<double>{1, .25, .5, .25});
}

TEST_CASE("edges of few of very many pairs of layers and heads are refused") {
  Dump dump;
  dump.source = "a.csv";
  dump.nodes = 1;
  for (int i = 0; i < 300; ++i) dump.edges.push_back({i, i, EdgeArrays{1, {0}, {0}, {1}}});
  std::vector<std::string> notes;
  CHECK_THROWS_WITH_AS(attention_of_edges(dump, {}, notes),
                       "a.csv: has 300 layers and 300 heads, but edges of 300 of these 90000 pairs",
                       InputError);
}

TEST_CASE("rows of edges must sum to 1 only where a question wants them to") {
  Dump dump = edge_dump();
  dump.edges[2].edges.weight[1] = 7;
  std::vector<std::string> notes;
  StackRequest request;
  CHECK_NOTHROW(attention_of_edges(dump, request, notes));
  request.normalize_edges = Normalize::check;
  CHECK_THROWS_WITH_AS(attention_of_edges(dump, request, notes),
                       "a.csv: layer 3, head 0, row 2: the row sums to 7.5, expected 1",
                       InputError);
  request.normalize = Normalize::none;
  CHECK_NOTHROW(attention_of_edges(dump, request, notes));
  for (double& weight : dump.edges[2].edges.weight) weight = 1e308;
  CHECK_THROWS_AS(attention_of_edges(dump, request, notes), InputError);
}

TEST_CASE("edges that are none, and layers that no edge is in, are refused") {
  std::vector<std::string> notes;
  for (const double weight : {-1.0, std::nan("")}) {
    Dump dump = edge_dump();
    dump.edges[1].edges.weight[2] = weight;
    CHECK_THROWS_AS(attention_of_edges(dump, {}, notes), InputError);
  }
  Dump outside = edge_dump();
  outside.edges[1].edges.target[2] = 3;
  CHECK_THROWS_AS(attention_of_edges(outside, {}, notes), InputError);
  const Dump dump = edge_dump();
  StackRequest request;
  request.layers = IndexList::parse("2", "$layer");
  CHECK_THROWS_AS(attention_of_edges(dump, request, notes), ArgumentError);
  request.layers = {};
  request.tokens = {"a", "b"};
  CHECK_THROWS_AS(attention_of_edges(dump, request, notes), InputError);
  request.tokens = {};
  request.limits.memory = 100;
  CHECK_THROWS_AS(attention_of_edges(dump, request, notes), LimitError);
  request.limits.memory = 1000;
  Attention many = attention_of_edges(dump, request, notes);
  many.set_limits({.memory = 100});
  CHECK_THROWS_AS(many.rows(0, 0, [](const RowBlock<double>&) {}), LimitError);
}

/// What work on a head of `attention` would need where nothing is allowed.
std::string refused_need(Attention attention, std::size_t matrices) {
  attention.set_limits({.memory = 1});
  try {
    attention.need(matrices, 10);
  } catch (const LimitError& error) {
    return error.problem() + "; " + error.hint();
  }
  return "allowed";
}

TEST_CASE("work on a head needs its matrices, or numbers for each token where those are more") {
  const Attention square({Tensor::from(std::vector<float>(400, .05F), {1, 20, 20})});
  CHECK(refused_need(square, 2) ==
        "the weights of one head would need 6400 bytes of memory, more than $max-memory 1; choose "
        "fewer tokens");
  CHECK(refused_need(square, 0) ==
        "the answer about 20 tokens would need 1600 bytes of memory, more than $max-memory 1; "
        "raise $max-memory");
  const Attention wide({Tensor::from(std::vector<float>(40, .025F), {1, 1, 40})});
  CHECK(refused_need(wide, 2).starts_with("the answer about 40 tokens would need 3200 bytes"));
  EdgeArrays edges;
  edges.nodes = 1000;
  edges.add(0, 1, .5);
  const Attention listed = Attention::edges({{0, 0, edges}}, edges.nodes, {}, "e.csv");
  CHECK(refused_need(listed, 3).starts_with("the answer about 1000 tokens would need 80000 bytes"));
}

}  // namespace
}  // namespace attngraph
