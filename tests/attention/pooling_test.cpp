#include <doctest/doctest.h>

#include <cmath>

#include "attention/modules/pooling.hpp"
#include "core/error.hpp"
#include "oracle/npy_file.hpp"

using namespace attngraph;
using oracle::npy_file;

namespace {

PoolingInput two_tokens() {
  PoolingInput input;
  input.input = Tensor::from(std::vector<double>{std::atanh(.5), 7, 0, 9}, {2, 2});
  input.w1 = Tensor::from(std::vector<double>{1, 0}, {1, 2});
  input.w2 = Tensor::from(std::vector<double>{2 * std::log(3.0)}, {1});
  return input;
}

void check_near(const Matrix& actual, const Tensor& expected, double tolerance) {
  const auto values = expected.to_doubles();
  REQUIRE(actual.size() == static_cast<Index>(values.size()));
  for (Index i = 0; i < actual.size(); ++i)
    CHECK(std::abs(actual.data()[i] - values[i]) < tolerance);
}

}  // namespace

TEST_CASE("slide 14: a batch with masked nodes") {
  PoolingInput input;
  input.input = npy_file("deck/14-pooling/x.npy");
  input.w1 = npy_file("deck/14-pooling/w1.npy");
  input.b1 = npy_file("deck/14-pooling/b1.npy");
  input.w2 = npy_file("deck/14-pooling/w2.npy");
  input.mask = npy_file("deck/14-pooling/mask.npy");
  const Pooled pooled = attention_pooling(input);
  check_near(pooled.weights, npy_file("deck/14-pooling/weights.npy"), 1e-6);
  check_near(pooled.features, npy_file("deck/14-pooling/output.npy"), 1e-6);
}

TEST_CASE("two tokens pool as worked out by hand") {
  // Scores log 3 and 0: weights 3/4 and 1/4.
  const Pooled pooled = attention_pooling(two_tokens());
  CHECK(pooled.weights(0, 0) == doctest::Approx(.75));
  CHECK(pooled.features(0, 1) == doctest::Approx(.75 * 7 + .25 * 9));
}

TEST_CASE("masked tokens take no part, and an item of nothing else pools to zero") {
  PoolingInput input = two_tokens();
  input.mask = Tensor::from(std::vector<double>{0, 1}, {2});
  CHECK(attention_pooling(input).weights == Matrix(Eigen::MatrixXd{{0, 1}}));
  input.mask = Tensor::from(std::vector<double>{0, 0}, {2});
  const Pooled nothing = attention_pooling(input);
  CHECK(nothing.masked_items == 1);
  CHECK(nothing.weights.isZero(0.0));
  CHECK(nothing.features.isZero(0.0));
}

TEST_CASE("shapes and masks that do not fit are refused") {
  PoolingInput input = two_tokens();
  input.w1 = {};
  CHECK_THROWS_AS(attention_pooling(input), ArgumentError);
  input = two_tokens();
  input.w1 = Tensor::from(std::vector<double>{1, 0, 0}, {1, 3});
  CHECK_THROWS_AS(attention_pooling(input), InputError);
  input = two_tokens();
  input.mask = Tensor::from(std::vector<double>{1, 1, 1}, {3});
  CHECK_THROWS_AS(attention_pooling(input), InputError);
  input.mask = Tensor::from(std::vector<double>{0, -1e9}, {2});
  CHECK_THROWS_AS(attention_pooling(input), InputError);
}
