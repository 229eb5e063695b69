#include "attention/heads/edge_scan.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "attention/edges/edge_heads.hpp"
#include "attention/heads/head_scan.hpp"

using namespace attngraph;

namespace {

/// Whether both looks at a head see the same, as edges and as the matrix that they make.
void check_alike(const EdgeArrays& edges, std::size_t queries) {
  const std::vector<EdgeList> lists{{0, 0, edges}};
  const EdgeHeads heads(lists, edges.nodes, queries);
  const HeadScan matrix = head_scan(heads.numbers(0, 0), 1e-5);
  const HeadScan scan = edge_scan(edges, heads.queries(), heads.keys(), queries, 1e-5);
  CHECK(scan.rows == matrix.rows);
  CHECK(scan.entries == matrix.entries);
  CHECK(scan.not_finite == matrix.not_finite);
  CHECK(scan.not_finite_ahead == matrix.not_finite_ahead);
  CHECK(scan.negative == matrix.negative);
  CHECK(scan.zeros == matrix.zeros);
  CHECK(scan.zero_rows == matrix.zero_rows);
  CHECK(scan.nan_rows == matrix.nan_rows);
  CHECK(scan.unnormalized_rows == matrix.unnormalized_rows);
  CHECK(scan.row_sum_min == matrix.row_sum_min);
  CHECK(scan.row_sum_max == matrix.row_sum_max);
  CHECK(scan.mass == matrix.mass);
  CHECK(scan.mass_ahead == matrix.mass_ahead);
  CHECK(scan.entries_ahead == matrix.entries_ahead);
  CHECK(scan.unseen_tail == matrix.unseen_tail);
}

}  // namespace

TEST_CASE("a look at edges sees what one at their matrix sees") {
  // Edges that stand twice add up, and a weight of 0 is none.
  check_alike({4, {0, 1, 1, 1, 2}, {0, 0, 0, 1, 1}, {1, .25, .25, .5, 0}}, 0);
  check_alike({3, {0, 0, 2}, {1, 2, 0}, {.5, -.25, 2}}, 0);
  check_alike({3, {0, 1, 1}, {1, 0, 2}, {NAN, INFINITY, .5}}, 0);
  check_alike({3, {}, {}, {}}, 0);
}

TEST_CASE("keys that are nodes of their own are counted from their first") {
  check_alike({5, {0, 1, 1}, {2, 3, 2}, {1, .25, .75}}, 2);
}
