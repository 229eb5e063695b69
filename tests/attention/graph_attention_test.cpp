#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include <rapidcheck.h>

#include "attention/modules/graph_attention.hpp"
#include "core/error.hpp"
#include "oracle/naive_gat.hpp"
#include "oracle/npy_file.hpp"

using namespace attngraph;
using oracle::npy_file;

namespace {

Matrix random_matrix(Index rows, Index columns, std::mt19937& generator) {
  std::normal_distribution<double> normal;
  Matrix matrix(rows, columns);
  for (double& value : matrix.reshaped()) value = normal(generator);
  return matrix;
}

Tensor tensor_of(const Matrix& matrix) {
  return Tensor::from(
      std::vector<double>(matrix.data(), matrix.data() + matrix.size()),
      {static_cast<std::size_t>(matrix.rows()), static_cast<std::size_t>(matrix.cols())});
}

Matrix numbers(const Tensor& tensor) {
  const auto values = tensor.to_doubles();
  return Eigen::Map<const Matrix>(values.data(), static_cast<Index>(tensor.shape()[0]),
                                  static_cast<Index>(tensor.shape()[1]));
}

Matrix dense(const Neighbours& neighbours, const std::vector<double>& weights) {
  const auto n = static_cast<Index>(neighbours.nodes());
  Matrix matrix = Matrix::Zero(n, n);
  for (std::size_t i = 0; i < neighbours.nodes(); ++i) {
    for (std::size_t e = neighbours.first[i]; e < neighbours.first[i + 1]; ++e) {
      matrix(static_cast<Index>(i), neighbours.target[e]) = weights[e];
    }
  }
  return matrix;
}

Matrix output_of(const GraphAttention& layer) {
  std::vector<Matrix> heads;
  for (std::size_t h = 0; h < layer.heads(); ++h) heads.push_back(layer.head(h).features);
  return layer.combined(heads);
}

/// Two nodes, each with one number; node 0 sees both, node 1 nobody.
GraphAttentionInput two_nodes() {
  GraphAttentionInput input;
  input.features = Tensor::from(std::vector<double>{1, -2}, {2, 1});
  input.weight = Tensor::from(std::vector<double>{1}, {1, 1});
  input.attention = Tensor::from(std::vector<double>{1, 1}, {2});
  return input;
}

Neighbours first_sees_both() {
  return neighbours_of(Tensor::from(std::vector<double>{1, 1, 0, 0}, {2, 2}), 2);
}

}  // namespace

TEST_CASE("slides 9 and 13 are one function") {
  for (const std::string folder : {"deck/09-gat/", "deck/09-gat-no-elu/", "deck/13-gat/"}) {
    CAPTURE(folder);
    GraphAttentionInput input;
    input.features = npy_file(folder + "h.npy");
    input.weight = npy_file(folder + "w.npy");
    input.attention = npy_file(folder + "a.npy");
    GraphAttentionOptions options;
    if (folder == "deck/09-gat-no-elu/") options.activation = Activation::none;
    options.isolated = Isolated::uniform;
    const Tensor adjacency = npy_file(folder + "adjacency.npy");
    const GraphAttention layer(input, neighbours_of(adjacency, 9), options);
    CHECK(layer.single_precision());
    const Matrix output = output_of(layer), expected = numbers(npy_file(folder + "output.npy"));
    CHECK((output - expected).cwiseAbs().maxCoeff() < 2e-6);
  }
}

TEST_CASE("three trained heads on the karate club") {
  GraphAttentionInput input;
  input.features = npy_file("small/karate/features.npy");
  input.weight = npy_file("small/karate/weight.npy");
  input.attention = npy_file("small/karate/attention_vector.npy");
  const GraphAttention layer(input, neighbours_of(npy_file("small/karate/adjacency.npy"), 34), {});
  const Tensor expected = npy_file("small/karate/attention.npy");
  REQUIRE(layer.heads() == 3);
  for (std::size_t h = 0; h < 3; ++h) {
    const Matrix weights = dense(layer.neighbours(), layer.head(h).weights);
    CHECK((weights - numbers(expected.at(0, h))).cwiseAbs().maxCoeff() < 1e-6);
  }
  const Matrix output = output_of(layer);
  CHECK((output - numbers(npy_file("small/karate/output.npy"))).cwiseAbs().maxCoeff() < 1e-5);
}

TEST_CASE("edges give what all pairs of nodes give") {
  CHECK(rc::check("pairs", [] {
    std::mt19937 generator(*rc::gen::arbitrary<unsigned>());
    const Index n = *rc::gen::inRange(1, 10), in = *rc::gen::inRange(1, 4),
                out = *rc::gen::inRange(1, 4);
    const bool v2 = *rc::gen::arbitrary<bool>();
    const Matrix h = random_matrix(n, in, generator);
    const Matrix adjacency = (random_matrix(n, n, generator).array() > 0.3).cast<double>();
    const Matrix weight = random_matrix(v2 ? 2 * in : in, out, generator);
    const Vector a = random_matrix(v2 ? out : 2 * out, 1, generator);
    const Vector bias = v2 ? Vector(random_matrix(2 * out, 1, generator)) : Vector();
    GraphAttentionInput input;
    input.features = tensor_of(h);
    input.weight = tensor_of(weight);
    input.attention = tensor_of(a.transpose());
    if (v2) input.weight_bias = tensor_of(bias.transpose());
    GraphAttentionOptions options;
    options.variant = v2 ? GatVariant::v2 : GatVariant::v1;
    options.negative_slope = *rc::gen::element(0.2, 0.01);
    options.activation = Activation::none;
    const GraphAttention layer(input, neighbours_of(tensor_of(adjacency), h.rows()), options);
    const auto head = layer.head(0);
    const Matrix expected =
        oracle::graph_attention_weights(h, adjacency, weight, a, bias, v2, options.negative_slope);
    RC_ASSERT((dense(layer.neighbours(), head.weights) - expected).cwiseAbs().maxCoeff() < 1e-12);
    Matrix values = h * weight.bottomRows(in);
    if (v2) values.rowwise() += bias.tail(out).transpose();
    RC_ASSERT((output_of(layer) - expected * values).cwiseAbs().maxCoeff() < 1e-12);
  }));
}

TEST_CASE("an isolated node receives nothing and is counted") {
  GraphAttentionOptions options;
  options.activation = Activation::none;
  const GraphAttention layer(two_nodes(), first_sees_both(), options);
  CHECK(layer.isolated_nodes() == 1);
  CHECK(output_of(layer)(1, 0) == 0);
  options.isolated = Isolated::uniform;
  const GraphAttention uniform(two_nodes(), first_sees_both(), options);
  CHECK(uniform.isolated_nodes() == 1);
  CHECK(output_of(uniform)(1, 0) == -.5);
  CHECK(uniform.neighbours().targets(1).size() == 2);
}

TEST_CASE("the mean of heads comes before bias and activation") {
  GraphAttentionInput input = two_nodes();
  input.weight = Tensor::from(std::vector<double>{1, -1}, {2, 1, 1});
  input.attention = Tensor::from(std::vector<double>{0, 0, 0, 0}, {2, 2});
  input.output_bias = Tensor::from(std::vector<double>{-1}, {1});
  GraphAttentionOptions options;
  options.combine = Combine::mean;
  const GraphAttention layer(input, first_sees_both(), options);
  CHECK(layer.output_width() == 1);
  // The heads give -.5 and .5; their mean is 0, with the bias -1, and elu(-1) = 1/e - 1.
  CHECK(output_of(layer)(0, 0) == doctest::Approx(std::exp(-1) - 1));
}

TEST_CASE("heads are concatenated in their order") {
  GraphAttentionInput input = two_nodes();
  input.weight = Tensor::from(std::vector<double>{1, -1}, {2, 1, 1});
  input.attention = Tensor::from(std::vector<double>{0, 0, 0, 0}, {2, 2});
  GraphAttentionOptions options;
  options.activation = Activation::none;
  const Matrix output = output_of(GraphAttention(input, first_sees_both(), options));
  CHECK(output.row(0) == Eigen::RowVector2d(-.5, .5));
}

TEST_CASE("an edge list gives the neighbours of its adjacency matrix") {
  EdgeArrays edges;
  edges.source = {2, 0, 2, 2, 1};
  edges.target = {2, 1, 0, 0, 2};
  edges.weight = {1, 1, 3, 1, 0};
  const Neighbours listed = neighbours_of(edges, 3);
  const Neighbours matrix =
      neighbours_of(Tensor::from(std::vector<double>{0, 1, 0, 0, 0, 0, 3, 0, 1}, {3, 3}), 3);
  CHECK(listed.first == matrix.first);
  CHECK(listed.target == matrix.target);
  CHECK_THROWS_AS(neighbours_of(edges, 2), InputError);
}

TEST_CASE("self-loops are added once") {
  const Neighbours looped = with_self_loops(
      neighbours_of(Tensor::from(std::vector<double>{0, 1, 0, 0, 0, 0, 1, 0, 1}, {3, 3}), 3));
  CHECK(looped.target == std::vector<std::int32_t>{0, 1, 1, 0, 2});
  CHECK(looped.first == std::vector<std::size_t>{0, 2, 3, 5});
}

TEST_CASE("shapes that do not fit together are refused") {
  GraphAttentionInput input = two_nodes();
  input.attention = Tensor::from(std::vector<double>{1, 1, 1}, {3});
  CHECK_THROWS_AS(GraphAttention(input, first_sees_both(), {}), InputError);
  input = two_nodes();
  input.weight_bias = Tensor::from(std::vector<double>{1, 1}, {2});
  CHECK_THROWS_AS(GraphAttention(input, first_sees_both(), {}), ArgumentError);
  input = two_nodes();
  input.weight = Tensor::from(std::vector<double>{1, 1}, {2, 1});
  CHECK_THROWS_AS(GraphAttention(input, first_sees_both(), {}), InputError);
  CHECK_THROWS_AS(neighbours_of(Tensor::from(std::vector<double>{1}, {1, 1}), 2), InputError);
  CHECK_THROWS_WITH_AS(neighbours_of(Tensor::from(std::vector<double>{1, 0, NAN, 1}, {2, 2}), 2),
                       "$adjacency: [1, 0] is nan, expected a finite number", InputError);
  input = two_nodes();
  input.features = Tensor::from(std::vector<double>{1, 1, 1}, {3, 1});
  CHECK_THROWS_WITH_AS(GraphAttention(input, first_sees_both(), {}),
                       "$features: has shape [3, 1], expected [2, width], one row for each node",
                       InputError);
}
