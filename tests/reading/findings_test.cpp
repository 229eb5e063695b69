#include "reading/findings.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace attngraph;

namespace {

/// What a look at a good head of 4 queries and 4 keys shows.
HeadScan good() {
  HeadScan scan;
  scan.rows = 4;
  scan.entries = 16;
  scan.mass = 4;
  scan.column_sum_deviation = 1;
  return scan;
}

/// One whose rows do not sum to 1.
HeadScan unnormalized(double least, double most) {
  HeadScan scan = good();
  scan.unnormalized_rows = 2;
  scan.row_sum_min = least;
  scan.row_sum_max = most;
  return scan;
}

std::string verdict(const HeadScan& scan, std::size_t queries = 4, std::size_t keys = 4) {
  return head_verdicts({{0, 0, scan}}, queries, keys).front();
}

}  // namespace

TEST_CASE("a head lies transposed where its columns sum to 1 and its rows do not") {
  CHECK(verdict(good()) == "ok");
  HeadScan scan = unnormalized(.5, 1.5);
  CHECK(verdict(scan) == "row sums");
  scan.column_sum_deviation = .009;
  CHECK(verdict(scan) == "transposed");
  CHECK(verdict(scan, 4, 5) == "row sums");
  scan.negative = 1;
  CHECK(verdict(scan) == "negative");
}

TEST_CASE("the cure of a head that lies transposed are the axes as they were read, exchanged") {
  HeadScan scan = unnormalized(.5, 1.5);
  scan.column_sum_deviation = .009;
  const auto cure = [&](const char* axes) {
    return diagnosis({{0, 0, scan}}, 4, 4, axes_named(axes)).front().cure;
  };
  CHECK(cure("layer,head,query,key") ==
        "the matrices lie transposed: name the axes with key and query exchanged, $axes "
        "layer,head,key,query");
  CHECK(cure("key,query,head").ends_with("$axes query,key,head"));
}

TEST_CASE("zeros behind and row sums on both sides of 1 are dropout, below 1 alone a sink") {
  HeadScan scan = unnormalized(.5, 2.9);
  scan.zeros_behind = 1;
  CHECK(verdict(scan) == "dropout");
  scan.row_sum_max = 3;
  CHECK(verdict(scan) == "row sums");
  CHECK(verdict(unnormalized(.5, 1.001)) == "sink");
  CHECK(verdict(unnormalized(0, 1.001)) == "row sums");
  CHECK(verdict(unnormalized(.5, 1.002)) == "row sums");
}

TEST_CASE("less than a thousandth of the mass on later keys is a leak of a causal mask") {
  HeadScan scan = good();
  scan.entries_ahead = 1;
  scan.mass_ahead = .0039;
  CHECK(verdict(scan) == "leak");
  CHECK(verdict(scan, 2, 2) == "ok");
  scan.mass_ahead = .004;
  CHECK(verdict(scan) == "ok");
  scan.mass_ahead = 0;
  scan.entries_ahead = 0;
  CHECK(verdict(scan) == "ok");
}

TEST_CASE("keys that nobody sees are padding, behind and in front, unless nobody sees any") {
  HeadScan behind = good(), front = good();
  behind.unseen_tail = 1;
  front.padded_front = 1;
  CHECK(verdict(behind) == "padding");
  CHECK(verdict(front) == "padding in front");
  for (HeadScan scan : {behind, front}) {
    scan.zero_rows = 4;
    scan.zeros = 16;
    CHECK(verdict(scan) == "all zero");
  }
}

TEST_CASE("what another order of the axes explains is not called padding") {
  HeadScan scan = good();
  scan.unseen_tail = 1;
  const Axes axes = axes_named("head,query,key");
  CHECK(diagnosis({{0, 0, scan}}, 4, 4, axes).size() == 1);
  CHECK(diagnosis({{0, 0, scan}}, 4, 4, axes, OtherReading::found).empty());
}

TEST_CASE("whole rows of NaN are masked queries, other NaN is none") {
  HeadScan scan = good();
  scan.not_finite = 4;
  scan.nan_rows = 1;
  CHECK(verdict(scan) == "masked NaN");
  scan.not_finite = 5;
  CHECK(verdict(scan) == "NaN");
}
