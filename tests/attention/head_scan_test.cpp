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
