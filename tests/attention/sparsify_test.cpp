#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include <rapidcheck.h>

#include "attention/edges/spanning_forest.hpp"
#include "attention/edges/sparsify.hpp"
#include "core/error.hpp"
#include "oracle/naive_forest.hpp"

using namespace attngraph;

namespace {

Matrix rows(std::initializer_list<std::initializer_list<double>> values) {
  return Eigen::MatrixXd(values);
}

SparsifyOptions plain(RowCriteria criteria) {
  SparsifyOptions options;
  options.row = criteria;
  options.renormalize = Renormalize::none;
  return options;
}

Matrix sparse(Matrix weights, const SparsifyOptions& options,
              Causality causality = Causality::bidirectional) {
  sparsify(weights, options, causality);
  return weights;
}

const Matrix four = Matrix(Eigen::MatrixXd{{.4, .3, .2, .1}});

/// Weights with many ties, rows that sum to 1 or to 0.
Matrix tied_attention(Index n, std::mt19937& generator) {
  std::uniform_int_distribution<int> digit(0, 4);
  Matrix weights(n, n);
  for (double& weight : weights.reshaped()) weight = digit(generator);
  for (Index i = 0; i < n; ++i) {
    if (weights.row(i).sum() > 0) weights.row(i) /= weights.row(i).sum();
  }
  return weights;
}

}  // namespace

TEST_CASE("each criterion keeps what it says") {
  CHECK(sparse(four, plain({.threshold = .2})) == rows({{.4, .3, 0, 0}}));
  CHECK(sparse(four, plain({.top_k = 3})) == rows({{.4, .3, .2, 0}}));
  CHECK(sparse(four, plain({.top_p = .7})) == rows({{.4, .3, 0, 0}}));
  CHECK(sparse(four, plain({.top_p = .71})) == rows({{.4, .3, .2, 0}}));
  CHECK(sparse(four, plain({.top_p = 1})) == four);
  // (1 - w)^3 is .216, .343, .512, .729
  CHECK(sparse(four, plain({.disparity = .35})) == rows({{.4, .3, 0, 0}}));
  SparsifyOptions ratio = plain({});
  ratio.keep_ratio = .5;
  CHECK(sparse(rows({{.4, .3, .3}, {.8, .2, 0}}), ratio) == rows({{.4, .3, 0}, {.8, 0, 0}}));
}

TEST_CASE("criteria intersect") {
  CHECK(sparse(four, plain({.threshold = .15, .top_k = 2})) == rows({{.4, .3, 0, 0}}));
  CHECK(sparse(four, plain({.threshold = .35, .top_k = 2})) == rows({{.4, 0, 0, 0}}));
}

TEST_CASE("ties go to the lower index and a zero is never kept") {
  const Matrix tied = rows({{.25, .25, .25, .25}, {0, .5, .5, 0}});
  CHECK(sparse(tied, plain({.top_k = 3})) == rows({{.25, .25, .25, 0}, {0, .5, .5, 0}}));
  CHECK(sparse(tied, plain({.top_p = .5})) == rows({{.25, .25, 0, 0}, {0, .5, 0, 0}}));
}

TEST_CASE("ten weights of a tenth reach a mass of 1 in spite of rounding") {
  const Matrix tenths = Matrix::Constant(1, 10, .1);
  CHECK((sparse(tenths, plain({.top_p = .3})).array() > 0).count() == 3);
  CHECK((sparse(tenths, plain({.top_p = 1})).array() > 0).count() == 10);
}

TEST_CASE("a row that would lose everything keeps its largest entry unless told otherwise") {
  const Matrix flat = rows({{.3, .4, .3}, {0, 0, 0}});
  SparsifyOptions options = plain({.threshold = .5});
  CHECK(sparse(flat, options) == rows({{0, .4, 0}, {0, 0, 0}}));
  options.renormalize = Renormalize::rows;
  CHECK(sparse(flat, options) == rows({{0, 1, 0}, {0, 0, 0}}));
  options.empty_row = EmptyRow::zero;
  CHECK(sparse(flat, options).isZero(0.0));
}

TEST_CASE("disparity counts the keys that a row may see") {
  const Matrix causal = rows({{1, 0, 0}, {.7, .3, 0}, {.7, .2, .1}});
  // Row 1 sees 2 keys: .3 and .7; row 2 sees 3: .09, .64, .81; row 0 sees 1 and has no news.
  CHECK(sparse(causal, plain({.disparity = .2}), Causality::causal) ==
        rows({{1, 0, 0}, {.7, 0, 0}, {.7, 0, 0}}));
  // 0 for the first, .09 for .7; nothing for the others.
  SparsifyOptions strict = plain({.disparity = .2});
  strict.empty_row = EmptyRow::zero;
  CHECK(sparse(causal, strict, Causality::causal) == rows({{0, 0, 0}, {0, 0, 0}, {.7, 0, 0}}));
  CHECK(sparse(causal, strict) == rows({{1, 0, 0}, {.7, 0, 0}, {.7, 0, 0}}));
  // A last key that nobody sees is padding and does not count.
  const Matrix padded = rows({{.7, .3, 0}, {.6, .4, 0}});
  CHECK(sparse(padded, strict).isZero(0.0));
}

TEST_CASE("the loss is measured before renormalising") {
  Matrix weights = rows({{.6, .4}, {.5, .5}, {0, 0}});
  SparsifyOptions options;
  options.row.threshold = .45;
  const SparsifyLoss loss = sparsify(weights, options, Causality::bidirectional);
  CHECK(weights == rows({{1, 0}, {.5, .5}, {0, 0}}));
  CHECK(loss.entries() == 6);
  CHECK(loss.kept() == 3);
  CHECK(loss.sparsity() == .5);
  CHECK(loss.mass_mean() == doctest::Approx(.8));
  CHECK(loss.mass_min() == doctest::Approx(.6));
  CHECK(loss.frobenius_loss() == doctest::Approx(.4 / std::sqrt(.36 + .16 + .5)));
}

TEST_CASE("a matrix of zeros has no mass to keep a share of, and loses nothing") {
  Matrix zeros = Matrix::Zero(2, 2);
  SparsifyOptions options;
  options.row.top_k = 1;
  const SparsifyLoss loss = sparsify(zeros, options, Causality::bidirectional);
  CHECK(std::isnan(loss.mass_mean()));
  CHECK(std::isnan(loss.mass_min()));
  CHECK(loss.frobenius_loss() == 0);
  CHECK(loss.sparsity() == 1);
}

TEST_CASE("the spanning forest keeps both directions of its edges and no self-loop") {
  SparsifyOptions options = plain({});
  options.spanning_forest = true;
  CHECK(sparse(rows({{.5, .3, .2}, {.1, .8, .1}, {.6, .05, .35}}), options) ==
        rows({{0, .3, .2}, {.1, 0, 0}, {.6, 0, 0}}));
}

TEST_CASE("the spanning forest is Kruskal's, ties and separate trees included") {
  CHECK(rc::check("forest", [] {
    std::mt19937 generator(*rc::gen::arbitrary<unsigned>());
    Matrix weights = tied_attention(*rc::gen::inRange(1, 14), generator);
    const double cut = *rc::gen::element(0.0, 0.1, 0.25);
    weights = (weights.array() > cut).select(weights, 0);
    Matrix forest = Matrix::Zero(weights.rows(), weights.cols());
    for (const auto& [i, j] : maximum_spanning_forest(weights)) {
      RC_ASSERT(i < j);
      forest(i, j) = weights(i, j);
      forest(j, i) = weights(j, i);
    }
    RC_ASSERT(forest == oracle::maximum_spanning_forest(weights));
  }));
}

TEST_CASE("what is left is a part of what was there, with the mass that was asked for") {
  CHECK(rc::check("part", [] {
    std::mt19937 generator(*rc::gen::arbitrary<unsigned>());
    const Matrix weights = tied_attention(*rc::gen::inRange(1, 14), generator);
    const double share = *rc::gen::element(.2, .5, .8, 1.0);
    const Matrix left = sparse(weights, plain({.top_p = share}));
    SparsifyOptions renormalized;
    renormalized.row.top_p = share;
    const Matrix scaled = sparse(weights, renormalized);
    for (Index i = 0; i < weights.rows(); ++i) {
      const bool empty = weights.row(i).sum() == 0;
      RC_ASSERT(empty || left.row(i).sum() >= share - 1e-9);
      RC_ASSERT(empty || std::abs(scaled.row(i).sum() - 1) < 1e-12);
    }
    RC_ASSERT((left.array() == 0 || left.array() == weights.array()).all());
  }));
}

TEST_CASE("criteria outside their bounds, or none at all, are refused") {
  CHECK_THROWS_AS(check_sparsify({}), ArgumentError);
  CHECK_THROWS_AS(check_sparsify(plain({.top_k = 0})), ArgumentError);
  CHECK_THROWS_AS(check_sparsify(plain({.top_p = 0})), ArgumentError);
  CHECK_THROWS_AS(check_sparsify(plain({.top_p = 1.1})), ArgumentError);
  CHECK_THROWS_AS(check_sparsify(plain({.threshold = -1})), ArgumentError);
  CHECK_THROWS_AS(check_sparsify(plain({.disparity = std::nan("")})), ArgumentError);
  CHECK_NOTHROW(check_sparsify(plain({.threshold = 0})));
}
