#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include <rapidcheck.h>

#include "attention/layers/rollout.hpp"
#include "core/error.hpp"
#include "oracle/npy_file.hpp"

using namespace attngraph;

namespace {

Tensor tensor_of(const Matrix& matrix) {
  return Tensor::from(
      std::vector<double>(matrix.data(), matrix.data() + matrix.size()),
      {1, static_cast<std::size_t>(matrix.rows()), static_cast<std::size_t>(matrix.cols())});
}

Attention stack_of(const std::vector<Matrix>& layers) {
  std::vector<Tensor> tensors;
  for (const Matrix& layer : layers) tensors.push_back(tensor_of(layer));
  return Attention(tensors);
}

Attention stack_of(const Tensor& tensor) {
  std::vector<Tensor> layers;
  for (std::size_t l = 0; l < tensor.shape()[0]; ++l) {
    layers.push_back(tensor.rank() == 4 ? tensor.at(0, l) : tensor.at(0, l).with_axis(0));
  }
  return Attention(layers);
}

Matrix rows(std::initializer_list<std::initializer_list<double>> values) {
  return Eigen::MatrixXd(values);
}

/// The three layers of the deck's size whose rollout is worked out elsewhere.
Attention three_layers() {
  return stack_of(
      {rows({{.7, .2, .1}, {.3, .6, .1}, {.1, .2, .7}}),
       rows({{.7 / 1.1, .3 / 1.1, .1 / 1.1}, {.2, .6, .2}, {.1 / .9, .1 / .9, .7 / .9}}),
       rows({{.5, .25, .25}, {0, 1, 0}, {.2, .3, .5}})});
}

Matrix random_attention(Index n, std::mt19937& generator) {
  std::uniform_real_distribution<double> uniform(0, 1);
  Matrix weights(n, n);
  for (double& weight : weights.reshaped()) weight = uniform(generator);
  for (Index i = 0; i < n; ++i) weights.row(i) /= weights.row(i).sum();
  return weights;
}

TransitionOptions with_residual(std::string_view text) {
  TransitionOptions options;
  options.residual = residual_named(text);
  return options;
}

LayerRange all(const Attention& stack) { return {0, stack.layers() - 1}; }

Matrix numbers(const Tensor& tensor) {
  const auto values = tensor.to_doubles();
  const auto n = static_cast<Index>(tensor.shape().back());
  return Eigen::Map<const Matrix>(values.data(), static_cast<Index>(values.size()) / n, n);
}

}  // namespace

TEST_CASE("three layers roll out as worked out by hand") {
  const auto stack = three_layers();
  const Matrix half = rows({{.577386363636, .246452020202, .176161616162},
                            {.21, .66, .13},
                            {.178318181818, .222712121212, .59896969697}});
  const Matrix none = rows({{.400404040404, .325656565657, .273939393939},
                            {.34, .44, .22},
                            {.303717171717, .316040404040, .380242424242}});
  CHECK(rollout<double>(stack, with_residual("0.5"), all(stack)).isApprox(half, 1e-11));
  CHECK(rollout<double>(stack, with_residual("none"), all(stack)).isApprox(none, 1e-11));
  CHECK(
      rollout<float>(stack, with_residual("0.5"), all(stack)).cast<double>().isApprox(half, 1e-6));
}

TEST_CASE("slide 11: the deck's own code multiplies without residual") {
  const auto stack = stack_of(oracle::npy_file("deck/11-rollout/attention.npy"));
  const Matrix expected = numbers(oracle::npy_file("deck/11-rollout/rollout.npy"));
  CHECK(rollout<double>(stack, with_residual("none"), all(stack)).isApprox(expected, 1e-12));
  const auto layered = stack_of(oracle::npy_file("deck/10-11-layered-flow/attention.npy"));
  const Matrix half =
      numbers(oracle::npy_file("deck/10-11-layered-flow/rollout_residual_half.npy"));
  CHECK(rollout<double>(layered, with_residual("0.5"), all(layered)).isApprox(half, 1e-12));
}

TEST_CASE("every residual has its formula") {
  const auto stack = stack_of({rows({{.5, .5}, {.5, 1}})});
  const auto layer = [&](std::string_view text) {
    return layer_transition(stack, 0, with_residual(text));
  };
  CHECK(layer("none").isApprox(rows({{.5, .5}, {1. / 3, 2. / 3}})));
  CHECK(layer("0.25").isApprox(rows({{.625, .375}, {.25, .75}})));
  CHECK(layer("add").isApprox(rows({{1.5, .5}, {.5, 2}})));
  CHECK(layer("raw").isApprox(rows({{.75, .25}, {.2, .8}})));
}

TEST_CASE("a residual is a share or a word") {
  CHECK(residual_named("0").share == 0);
  CHECK(residual_named("1").share == 1);
  CHECK(residual_named("add").kind == Residual::Kind::add);
  for (const char* wrong : {"", "1.5", "-0.1", "nan", "half", "0.5x"}) {
    CAPTURE(wrong);
    CHECK_THROWS_AS(residual_named(wrong), ArgumentError);
  }
}

TEST_CASE("a row of zeros stays the residual alone, never NaN") {
  const auto stack = stack_of({rows({{0, 0}, {.5, .5}})});
  CHECK(layer_transition(stack, 0, with_residual("0.5")).row(0) == rows({{1, 0}}));
  CHECK(layer_transition(stack, 0, with_residual("raw")).row(0) == rows({{1, 0}}));
  CHECK(layer_transition(stack, 0, with_residual("add")).row(0) == rows({{1, 0}}));
  CHECK(layer_transition(stack, 0, with_residual("none")).row(0) == rows({{0, 0}}));
}

TEST_CASE("discarding zeroes the smallest entries that are not zero, ties by index") {
  const auto stack = stack_of({rows({{.4, .2, .4}, {.2, .8, 0}, {.2, .2, .6}})});
  TransitionOptions options = with_residual("none");
  // 8 entries are not zero; half of them are the four of .2, and of three the last stays.
  options.discard = 0.5;
  CHECK(layer_transition(stack, 0, options).isApprox(rows({{.5, 0, .5}, {0, 1, 0}, {0, 0, 1}})));
  options.discard = 0.49;
  CHECK(
      layer_transition(stack, 0, options).isApprox(rows({{.5, 0, .5}, {0, 1, 0}, {0, .25, .75}})));
}

TEST_CASE("after maximum fusion or discarding, add normalises the fused rows first") {
  const auto two_heads =
      Attention({Tensor::from(std::vector<double>{1, 0, .5, .5, 0, 1, .5, .5}, {2, 2, 2})});
  TransitionOptions options = with_residual("add");
  options.fuse = Fuse::max;
  CHECK(layer_transition(two_heads, 0, options).isApprox(rows({{1.5, .5}, {.5, 1.5}})));
  options.residual = residual_named("raw");
  CHECK(layer_transition(two_heads, 0, options).isApprox(rows({{2. / 3, 1. / 3}, {.25, .75}})));
}

TEST_CASE("a gradient clamps before the mean over heads") {
  const auto stack =
      Attention({Tensor::from(std::vector<double>{.5, .5, .5, .5, 1, 0, 0, 1}, {2, 2, 2})});
  TransitionOptions options = with_residual("add");
  options.gradient = {Tensor::from(std::vector<double>{2, -4, 0, 1, -1, 5, 5, 3}, {2, 2, 2})};
  check_transitions(stack, options);
  // head 0: 1 0 0 .5, head 1: 0 0 0 3
  CHECK(layer_transition(stack, 0, options) == rows({{1.5, 0}, {0, 2.75}}));
  options.fuse = Fuse::max;
  CHECK_THROWS_AS(check_transitions(stack, options), ArgumentError);
  options.fuse = Fuse::mean;
  options.gradient = {Tensor::from(std::vector<double>(4, 1), {1, 2, 2})};
  CHECK_THROWS_AS(check_transitions(stack, options), InputError);
  options.gradient = {Tensor::from(std::vector<double>(8, std::nan("")), {2, 2, 2})};
  CHECK_THROWS_WITH_AS(layer_transition(stack, 0, options),
                       "$gradient: layer 0, head 0 holds NaN or infinity", InputError);
  CHECK_THROWS_WITH_AS(check_transitions(stack.selected({0}, {0, 1}, Fuse::mean), options),
                       "$gradient: heads are fused already, expected single heads", ArgumentError);
}

TEST_CASE("rows of a rollout sum to 1") {
  CHECK(rc::check("rows", [] {
    std::mt19937 generator(*rc::gen::arbitrary<unsigned>());
    const Index n = *rc::gen::inRange(1, 12);
    std::vector<Matrix> layers;
    for (int l = *rc::gen::inRange(1, 6); l > 0; --l)
      layers.push_back(random_attention(n, generator));
    const auto stack = stack_of(layers);
    TransitionOptions options =
        with_residual(*rc::gen::element<std::string>("0.5", "0", "0.9", "none", "raw"));
    options.discard = *rc::gen::element(0.0, 0.3);
    const Matrix product = rollout<double>(stack, options, all(stack));
    for (Index i = 0; i < n; ++i) {
      const double sum = product.row(i).sum();
      const bool lost = options.discard > 0 && sum < 1;  // a discarded row may stay empty
      RC_ASSERT(lost || std::abs(sum - 1) < 1e-12);
    }
    const Index target = *rc::gen::inRange<Index>(0, n);
    const Vector row = rollout_row(stack, options, all(stack), Vector::Unit(n, target));
    RC_ASSERT((row.transpose() - product.row(target)).cwiseAbs().maxCoeff() < 1e-12);
  }));
}

TEST_CASE("permuting tokens permutes the rollout") {
  std::mt19937 generator(3);
  const Matrix a = random_attention(6, generator), b = random_attention(6, generator);
  const auto straight = stack_of({a, b});
  const auto turned = stack_of({Matrix(a.reverse()), Matrix(b.reverse())});
  const Matrix expected = rollout<double>(straight, {}, {0, 1});
  CHECK(rollout<double>(turned, {}, {0, 1}).reverse().isApprox(expected, 1e-14));
}

TEST_CASE("prefixes are the products of the first layers") {
  const auto stack = three_layers();
  std::size_t seen = 0;
  rollout<double>(stack, {}, {0, 2}, [&](std::size_t l, const Matrix& product) {
    CHECK(l == seen++);
    CHECK(product == rollout<double>(stack, {}, {0, l}));
  });
  CHECK(seen == 3);
}

TEST_CASE("layers are chosen by their index in the file, both ends included") {
  const auto stack = three_layers().selected({1, 2}, {0}, {});
  CHECK(layer_range(stack, 2, {}).first == 1);
  CHECK(layer_range(stack, {}, 1).last == 0);
  CHECK(layer_range(stack, -1, {}).first == 1);
  CHECK_THROWS_AS(layer_range(stack, 0, {}), ArgumentError);
  CHECK_THROWS_AS(layer_range(stack, 2, 1), ArgumentError);
}

TEST_CASE("a layer that is none of those asked about is refused with these") {
  const Tensor uniform = Tensor::from(std::vector<double>(4, .5), {1, 2, 2});
  const Attention stack(std::vector<Tensor>(6, uniform));
  const auto problem = [&](std::vector<std::size_t> layers) -> std::string {
    try {
      layer_range(stack.selected(std::move(layers), {0}, std::nullopt), 1, {});
      return "no error";
    } catch (const ArgumentError& error) {
      return error.what();
    }
  };
  const std::string text = "$start-layer: there is no layer 1, expected one of ";
  CHECK(problem({0, 2, 4}) == text + "0, 2, 4");
  CHECK(problem({2, 3, 4}) == text + "2 to 4");
  CHECK(problem({0, 3, 4, 5}) == text + "0, 3 to 5");
}

TEST_CASE("under uniform causal attention the null is the rollout itself") {
  const auto uniform = rows({{1, 0, 0}, {.5, .5, 0}, {1. / 3, 1. / 3, 1. / 3}});
  const auto stack = stack_of({uniform, uniform});
  const Vector last = Vector::Unit(3, 2);
  const Vector row = rollout_row(stack, {}, {0, 1}, last);
  CHECK(causal_null_row(2, {}, last).isApprox(row, 1e-15));
  CHECK(uniform_causal_transition(3, {}).isApprox(layer_transition(stack, 0, {}), 1e-15));
}

TEST_CASE("cross-attention has no rollout") {
  const auto stack = Attention({Tensor::from(std::vector<double>(6, .5), {1, 3, 2})});
  CHECK_THROWS_AS(check_transitions(stack, {}), InputError);
}
