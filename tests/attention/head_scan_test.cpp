#include "attention/head_scan.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace attngraph;

TEST_CASE("a scan counts what is not attention, number by number") {
  Matrix weights(3, 4);
  weights << .5, .5, .25, 0,  //
      NAN, -.5, 0, INFINITY,  //
      0, 0, 0, 0;
  const HeadScan scan = head_scan(weights, 1e-5);
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
  const HeadScan scan = head_scan(weights, 1e-5);
  CHECK(scan.entries_ahead == 1);
  CHECK(scan.mass_ahead == .25);
  CHECK(scan.zeros_behind == 1);
  CHECK(scan.unnormalized_rows == 0);
}

TEST_CASE("columns that sum to 1 are seen") {
  Matrix weights(2, 2);
  weights << .75, .5, .25, .5;
  CHECK(head_scan(weights, 1e-5).column_sum_deviation == 0);
  CHECK(head_scan(weights, 1e-5).unnormalized_rows == 2);
}
