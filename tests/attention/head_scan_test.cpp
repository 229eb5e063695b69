#include "attention/heads/head_scan.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "numeric/matrix.hpp"

using namespace attngraph;

namespace {

HeadScan scan_of(const Matrix& weights) {
  return head_scan(
      Tensor::from(
          std::vector<double>(weights.data(), weights.data() + weights.size()),
          {static_cast<std::size_t>(weights.rows()), static_cast<std::size_t>(weights.cols())}),
      1e-5);
}

}  // namespace

TEST_CASE("a scan counts what is not attention, number by number") {
  Matrix weights(3, 4);
  weights << .5, .5, .25, 0,  //
      NAN, -.5, 0, INFINITY,  //
      0, 0, 0, 0;
  const HeadScan scan = scan_of(weights);
  CHECK(scan.rows == 3);
  CHECK(scan.entries == 12);
  CHECK(scan.not_finite == 2);
  CHECK(scan.negative == 1);
  CHECK(scan.zeros == 6);
  CHECK(scan.zero_rows == 1);
  CHECK(scan.unnormalized_rows == 2);
  CHECK(scan.row_sum_min == -.5);
  CHECK(scan.row_sum_max == 1.25);
  CHECK(scan.unseen_tail == 1);
}

TEST_CASE("what lies ahead of a query is counted from its own place on") {
  Matrix weights(2, 3);  // query 0 stands at key 1, query 1 at key 2
  weights << .5, .25, .25, .5, 0, .5;
  const HeadScan scan = scan_of(weights);
  CHECK(scan.entries_ahead == 1);
  CHECK(scan.mass_ahead == .25);
  CHECK(scan.zeros_behind == 1);
  CHECK(scan.unnormalized_rows == 0);
}

TEST_CASE("columns that sum to 1 are seen") {
  Matrix weights(2, 2);
  weights << .75, .5, .25, .5;
  CHECK(scan_of(weights).column_sum_deviation == 0);
  CHECK(scan_of(weights).unnormalized_rows == 2);
}

TEST_CASE("numbers that are not finite are no zeros and no entries ahead, but seen there") {
  Matrix weights(2, 2);
  weights << 1, NAN, INFINITY, 0;
  const HeadScan scan = scan_of(weights);
  CHECK(scan.not_finite == 2);
  CHECK(scan.not_finite_ahead == 1);
  CHECK(scan.entries_ahead == 0);
  CHECK(scan.zeros_behind == 1);
  CHECK(scan.mass == 1);
}

TEST_CASE("padding in front is what only masked queries see") {
  const auto padded = [](std::vector<double> weights) {
    const std::size_t n = weights.size() == 16 ? 4 : 3;
    return head_scan(Tensor::from(std::move(weights), {n, n}), 1e-5).padded_front;
  };
  // rows of zeros, of the same weight everywhere, of the same weight on what a causal mask leaves
  CHECK(padded({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, .4, .6}) == 2);
  CHECK(padded({.25, .25, .25, .25, .25, .25, .25, .25, 0, 0, 1, 0, 0, 0, .4, .6}) == 2);
  CHECK(padded({1, 0, 0, 0, .5, .5, 0, 0, 0, 0, 1, 0, 0, 0, .4, .6}) == 2);
  CHECK(padded({NAN, NAN, NAN, 0, 1, 0, 0, .4, .6}) == 1);
  // a causal head, one that looks at itself only, one that looks back
  CHECK(padded({1, 0, 0, 0, .5, .5, 0, 0, .2, .2, .6, 0, .1, .2, .3, .4}) == 0);
  CHECK(padded({1, 0, 0, 0, 1, 0, 0, 0, 1}) == 0);
  CHECK(padded({1, 0, 0, 1, 0, 0, 0, 1, 0}) == 0);
}

TEST_CASE("rows without a finite number are counted") {
  const HeadScan scan =
      head_scan(Tensor::from(std::vector<double>{NAN, NAN, .5, .5}, {2, 2}), 1e-5);
  CHECK(scan.nan_rows == 1);
  CHECK(scan.not_finite == 2);
}
