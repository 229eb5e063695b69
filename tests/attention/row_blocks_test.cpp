#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include <rapidcheck.h>

#include "attention/computed/row_blocks.hpp"
#include "attention/computed/softmax_parts.hpp"
#include "core/error.hpp"
#include "oracle/naive_attention.hpp"

using namespace attngraph;

namespace {

oracle::Rows rows_of(const Matrix& matrix) {
  oracle::Rows rows;
  for (Index i = 0; i < matrix.rows(); ++i) {
    const auto row = matrix.row(i);
    rows.emplace_back(row.begin(), row.end());
  }
  return rows;
}

Matrix random_matrix(Index rows, Index columns, unsigned seed) {
  std::mt19937 generator(seed);
  std::normal_distribution<double> normal;
  Matrix matrix(rows, columns);
  for (double& value : matrix.reshaped<Eigen::RowMajor>()) value = normal(generator);
  return matrix;
}

Tensor tensor_of(const Matrix& matrix) {
  return Tensor::from(
      std::vector<double>(matrix.data(), matrix.data() + matrix.size()),
      {static_cast<std::size_t>(matrix.rows()), static_cast<std::size_t>(matrix.cols())});
}

struct Weights {
  Matrix weights;
  Index masked_rows;
};

Weights stored(const Matrix& query, const Matrix& key, const RowRules& rules) {
  Weights result{Matrix::Zero(query.rows(), key.rows()), 0};
  Index next = 0;
  result.masked_rows =
      for_each_row_block<double>({query, key, rules}, [&](const RowBlock<double>& block) {
        CHECK(block.first_query == next);
        next += block.weights.rows();
        result.weights.block(block.first_query, block.first_key, block.weights.rows(),
                             block.weights.cols()) = block.weights;
      });
  CHECK(next == query.rows());
  return result;
}

double largest_difference(const Matrix& weights, const oracle::Rows& expected) {
  double largest = 0;
  for (Index i = 0; i < weights.rows(); ++i) {
    for (Index j = 0; j < weights.cols(); ++j) {
      largest = std::max(largest, std::abs(weights(i, j) - expected[i][j]));
    }
  }
  return largest;
}

}  // namespace

TEST_CASE("weights agree with entry-by-entry attention under every rule") {
  CHECK(rc::check("rules", [] {
    const Index queries = *rc::gen::inRange(1, 30), keys = *rc::gen::inRange(1, 30);
    const unsigned seed = *rc::gen::arbitrary<unsigned>();
    const Matrix query = random_matrix(queries, 5, seed), key = random_matrix(keys, 5, seed + 1);
    RowRules rules;
    oracle::AttentionRules plain;
    rules.scores.scale = plain.scale = *rc::gen::element(1.0, 0.3, -2.0);
    if (*rc::gen::arbitrary<bool>()) rules.scores.softcap = plain.softcap = 1.5;
    rules.scores.causal = plain.causal = *rc::gen::arbitrary<bool>();
    if (*rc::gen::arbitrary<bool>()) {
      plain.window = *rc::gen::inRange(1, 12);
      rules.scores.window = static_cast<std::size_t>(*plain.window);
    }
    if (*rc::gen::arbitrary<bool>()) {
      const Matrix mask = (random_matrix(queries, keys, seed + 2).array() > 0).cast<double>();
      rules.scores.mask = tensor_of(mask);
      plain.mask = rows_of(mask);
    }
    if (*rc::gen::arbitrary<bool>()) {
      const Matrix bias = random_matrix(queries, keys, seed + 3);
      rules.scores.bias = tensor_of(bias);
      plain.bias = rows_of(bias);
    }
    plain.alpha = *rc::gen::element(1.0, 1.5, 2.0);
    rules.normalizer = plain.alpha == 1     ? Normalizer::softmax
                       : plain.alpha == 1.5 ? Normalizer::entmax15
                                            : Normalizer::sparsemax;
    if (plain.alpha == 1 && *rc::gen::arbitrary<bool>()) rules.sink_logit = plain.sink = 0.7;
    const auto expected = oracle::attention(rows_of(query), rows_of(key), plain);
    const auto [weights, masked_rows] = stored(query, key, rules);
    RC_ASSERT(largest_difference(weights, expected) < 1e-12);
    RC_ASSERT(masked_rows == (weights.rowwise().sum().array() == 0).count());
    if (rules.normalizer != Normalizer::softmax) return;
    const BlockPlace place{queries / 3, keys / 2, queries - queries / 3, keys - keys / 2};
    RC_ASSERT(softmax_parts<double>(query, key, rules)
                  ->part(place)
                  .isApprox(weights.bottomRightCorner(place.queries, place.keys), 1e-12));
  }));
}

TEST_CASE("many blocks make the same matrix as one") {
  for (const bool causal : {false, true}) {
    for (const std::size_t window : {std::size_t{1000}, std::size_t{50}}) {
      RowRules rules;
      rules.scores.causal = causal;
      rules.scores.window = window;
      const Matrix query = random_matrix(300, 3, 1), key = random_matrix(410, 3, 2);
      oracle::AttentionRules plain;
      plain.causal = causal;
      plain.window = static_cast<long>(window);
      const auto expected = oracle::attention(rows_of(query), rows_of(key), plain);
      CHECK(largest_difference(stored(query, key, rules).weights, expected) < 1e-12);
    }
  }
}

TEST_CASE("any part of a long row has what the whole row has") {
  for (const bool causal : {false, true}) {
    RowRules rules;
    rules.scores.causal = causal;
    rules.scores.window = 900;
    rules.sink_logit = 2;
    const Matrix query = random_matrix(70, 3, 1), key = random_matrix(1300, 3, 2);
    const Matrix whole = stored(query, key, rules).weights;
    const auto parts = softmax_parts<double>(query, key, rules);
    for (const Index first : {0, 5, 510, 1234}) {
      const BlockPlace place{13, first, 51, 66};
      CHECK(parts->part(place).isApprox(whole.block(13, first, 51, 66), 1e-12));
    }
  }
}

TEST_CASE("keys that no row of a block may see are not computed") {
  RowRules rules;
  rules.scores.causal = true;
  rules.scores.window = 10;
  const Matrix rows = random_matrix(400, 2, 3);
  for_each_row_block<double>({rows, rows, rules}, [&](const RowBlock<double>& block) {
    // A few keys before those that are seen let it begin at the head of a panel.
    const Index seen = std::max<Index>(0, block.first_query - 9);
    CHECK(block.first_key <= seen);
    CHECK(block.first_key > seen - 32);
    CHECK(block.first_key + block.weights.cols() == block.first_query + block.weights.rows());
  });
}

TEST_CASE("queries in front of all keys are fully masked when causal") {
  RowRules rules;
  rules.scores.causal = true;
  const auto [weights, masked_rows] = stored(random_matrix(5, 2, 4), random_matrix(3, 2, 5), rules);
  CHECK(masked_rows == 2);
  CHECK(weights.topRows(2).isZero(0.0));
  CHECK(weights(2, 0) == 1);
}

TEST_CASE("permuting keys permutes columns, permuting queries permutes rows") {
  const Matrix query = random_matrix(7, 4, 6), key = random_matrix(7, 4, 7);
  const Matrix straight = stored(query, key, {}).weights;
  const Matrix turned = stored(query.colwise().reverse(), key.colwise().reverse(), {}).weights;
  CHECK(straight.isApprox(turned.reverse(), 1e-14));
}

TEST_CASE("the lowest finite number of a half, bfloat16 or float masks like -inf") {
  for (const double lowest :
       {-65504.0, -0x1.fep127, -0x1.fffffep127, -std::numeric_limits<double>::infinity()}) {
    RowRules rules;
    rules.scores.bias = Tensor::from(std::vector<double>{0, lowest, 0}, {1, 3});
    const auto [weights, masked_rows] =
        stored(random_matrix(4, 2, 8), random_matrix(3, 2, 9), rules);
    CHECK(weights.col(1).isZero(0.0));
    CHECK(masked_rows == 0);
    rules.scores.bias = Tensor::from(std::vector<double>{lowest}, {1, 1});
    CHECK(stored(random_matrix(4, 2, 8), random_matrix(3, 2, 9), rules).masked_rows == 4);
  }
}

TEST_CASE("a bias or mask of one row or column counts for all") {
  RowRules rules;
  rules.scores.mask = Tensor::from(std::vector<double>{1, 0}, {2, 1});
  const auto [weights, masked_rows] = stored(random_matrix(2, 2, 8), random_matrix(3, 2, 9), rules);
  CHECK(masked_rows == 1);
  CHECK(weights.row(1).isZero(0.0));
}

TEST_CASE("products that overflow are refused") {
  const MatrixF huge = MatrixF::Constant(2, 2, 1e30f);
  CHECK_THROWS_AS(for_each_row_block<float>({huge, huge, {}}, [](const RowBlock<float>&) {}),
                  InputError);
  const Matrix vast = Matrix::Constant(2, 2, 1e200);
  try {
    for_each_row_block<double>({vast, vast, {}}, [](const RowBlock<double>&) {});
    FAIL("accepted");
  } catch (const InputError& error) {
    CHECK(error.hint() == "make $scale smaller, or divide the queries");
  }
}

TEST_CASE("a mask of numbers other than 0 and 1 is refused and the bias named") {
  const Shape shape{1, 1, 2, 2};
  const Tensor additive = Tensor::from(std::vector<float>{0, -1e9f, 0, 0}, {2, 2});
  try {
    check_mask(additive, shape);
    FAIL("accepted");
  } catch (const InputError& error) {
    CHECK(error.hint().find("$bias") != std::string::npos);
  }
  CHECK_NOTHROW(check_mask(Tensor::from(std::vector<float>{0, 1, 1, 1}, {2, 2}), shape));
  CHECK_THROWS_AS(check_mask(Tensor::from(std::vector<float>{0, 1, 1}, {1, 3}), shape), InputError);
}

TEST_CASE("a bias may hold -inf, but neither NaN nor +inf; lowest numbers are noted") {
  const Shape shape{1, 1, 1, 2};
  const float inf = std::numeric_limits<float>::infinity();
  CHECK(check_bias(Tensor::from(std::vector<float>{0, -inf}, {1, 2}), shape).empty());
  CHECK(check_bias(Tensor::from(std::vector<float>{0, -65504}, {1, 2}), shape).size() == 1);
  CHECK_THROWS_AS(check_bias(Tensor::from(std::vector<float>{0, inf}, {1, 2}), shape), InputError);
  CHECK_THROWS_AS(check_bias(Tensor::from(std::vector<float>{0, std::nanf("")}, {1, 2}), shape),
                  InputError);
}
