#include "attention/heads/value_norms.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cmath>
#include <random>

#include "core/error.hpp"

namespace attngraph {
namespace {

struct Layer {
  Attention stack;
  LayerValues values;
};

Matrix random_matrix(std::mt19937& random, Index rows, Index columns) {
  std::normal_distribution<double> normal;
  Matrix matrix(rows, columns);
  for (Index i = 0; i < matrix.size(); ++i) matrix.data()[i] = normal(random);
  return matrix;
}

Layer random_layer(unsigned seed, std::size_t heads, std::size_t value_heads, std::size_t queries,
                   std::size_t keys, bool residual_stream) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(0, 1);
  std::vector<double> weights(heads * queries * keys);
  for (double& weight : weights) weight = uniform(random);
  constexpr Index width = 3, model = 5;
  LayerValues values;
  for (std::size_t h = 0; h < value_heads; ++h) {
    values.heads.push_back(random_matrix(random, static_cast<Index>(keys), width));
  }
  values.output_projection = random_matrix(random, model, static_cast<Index>(heads) * width);
  if (residual_stream) {
    values.residual_stream = random_matrix(random, static_cast<Index>(keys), model);
  }
  return {Attention({Tensor::from(weights, {heads, queries, keys})}), values};
}

/// What all heads carry from key k to query q, vector by vector. [model]
Vector carried(const Layer& layer, Index q, Index k) {
  Vector sum = Vector::Zero(layer.values.output_projection.rows());
  const std::size_t group = layer.stack.heads() / layer.values.heads.size();
  for (std::size_t h = 0; h < layer.stack.heads(); ++h) {
    const Matrix& values = layer.values.heads[h / group];
    for (Index column = 0; column < values.cols(); ++column) {
      sum += layer.stack.head(0, h)(q, k) * values(k, column) *
             layer.values.output_projection.col(static_cast<Index>(h) * values.cols() + column);
    }
  }
  return sum;
}

TEST_CASE("a weight times a value has the product of their lengths") {
  Matrix weights(1, 2), values(2, 2);
  weights << .25, .75;
  values << 3, 4, 0, 2;
  const Matrix norms = value_norms(weights, values);
  CHECK(norms(0, 0) == doctest::Approx(1.25));
  CHECK(norms(0, 1) == doctest::Approx(1.5));
}

TEST_CASE("values whose squares overflow are refused, not infinite or zero") {
  const Attention stack({Tensor::from(std::vector<double>{.5, 0, 0, .5}, {1, 2, 2})});
  LayerValues values;
  values.heads = {Matrix::Constant(2, 1, 1e200)};
  values.output_projection = Matrix::Ones(1, 1);
  CHECK_THROWS_AS(value_norms(stack.head(0, 0), values.heads.front()), InputError);
  CHECK_THROWS_AS(projected_value_norms(stack, 0, 0, values), InputError);
  CHECK_THROWS_AS(summed_value_norms(stack, 0, values), InputError);
  CHECK_THROWS_AS(mixing(stack, 0, values), InputError);
}

TEST_CASE("heads that carry opposite vectors cancel") {
  const Attention stack({Tensor::from(std::vector<double>{.5, .5}, {2, 1, 1})});
  LayerValues values;
  values.heads = {Matrix::Constant(1, 1, 2.0), Matrix::Constant(1, 1, -2.0)};
  values.output_projection = Matrix::Ones(1, 2);
  CHECK(summed_value_norms(stack, 0, values)(0, 0) == 0);
  CHECK(projected_value_norms(stack, 0, 1, values)(0, 0) == doctest::Approx(1));
}

TEST_CASE("the sum over heads is that of the whole tensor") {
  CHECK(rc::check("brute force", [](unsigned seed, bool grouped) {
    const std::size_t heads = grouped ? 4 : 1 + seed % 4;
    const Layer layer = random_layer(seed, heads, grouped ? 2 : heads, 3, 4, false);
    const Matrix norms = summed_value_norms(layer.stack, 0, layer.values);
    for (Index q = 0; q < norms.rows(); ++q) {
      for (Index k = 0; k < norms.cols(); ++k) {
        RC_ASSERT(std::abs(norms(q, k) - carried(layer, q, k).norm()) < 1e-6);
      }
    }
  }));
}

TEST_CASE("the residual stream joins the diagonal alone") {
  CHECK(rc::check("brute force", [](unsigned seed) {
    const Layer layer = random_layer(seed, 3, 3, 4, 4, true);
    const Matrix norms = summed_value_norms(layer.stack, 0, layer.values);
    for (Index q = 0; q < norms.rows(); ++q) {
      for (Index k = 0; k < norms.cols(); ++k) {
        Vector expected = carried(layer, q, k);
        if (q == k) expected += layer.values.residual_stream.row(q).transpose();
        RC_ASSERT(std::abs(norms(q, k) - expected.norm()) < 1e-6);
      }
    }
  }));
}

TEST_CASE("mixing is the part of other tokens") {
  CHECK(rc::check("brute force", [](unsigned seed, bool residual_stream) {
    const Layer layer = random_layer(seed, 2, 1, 4, 4, residual_stream);
    const Vector shares = mixing(layer.stack, 0, layer.values);
    for (Index q = 0; q < shares.size(); ++q) {
      Vector others = Vector::Zero(5), own = carried(layer, q, q);
      if (residual_stream) own += layer.values.residual_stream.row(q).transpose();
      for (Index k = 0; k < 4; ++k) {
        if (k != q) others += carried(layer, q, k);
      }
      RC_ASSERT(std::abs(shares[q] - others.norm() / (others.norm() + own.norm())) < 1e-12);
    }
  }));
}

TEST_CASE("nothing mixed into nothing is zero") {
  const Attention stack({Tensor::from(std::vector<double>(4, 0.0), {1, 2, 2})});
  LayerValues values{{Matrix::Ones(2, 2)}, Matrix::Ones(3, 2), {}};
  CHECK(mixing(stack, 0, values) == Vector::Zero(2));
}

TEST_CASE("a selected head keeps its values and its columns of the projection") {
  const Layer layer = random_layer(7, 4, 2, 3, 3, false);
  const Attention selected = layer.stack.selected({0}, {3}, std::nullopt);
  const Matrix alone = summed_value_norms(selected, 0, layer.values);
  const Matrix head = projected_value_norms(layer.stack, 0, 3, layer.values);
  CHECK(alone.isApprox(head, 1e-12));
}

}  // namespace
}  // namespace attngraph
