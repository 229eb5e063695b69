#include "attention/edges/head_pattern.hpp"

#include <doctest/doctest.h>

#include <string>

#include "attention/edges/sparsify.hpp"
#include "core/error.hpp"
#include "numeric/matrix.hpp"

using namespace attngraph;

namespace {

/// The entries that are kept, a row of 1 and . for each query.
std::string kept(const Matrix& weights, const PatternCriteria& pattern, Causality causality) {
  SparsifyOptions options;
  options.pattern = pattern;
  options.empty_row = EmptyRow::zero;
  options.renormalize = Renormalize::none;
  Matrix left = weights;
  sparsify(left, options, causality);
  std::string text;
  for (Index q = 0; q < left.rows(); ++q) {
    if (q > 0) text += ' ';
    for (Index k = 0; k < left.cols(); ++k) text += left(q, k) > 0 ? '1' : '.';
  }
  return text;
}

Matrix causal_of(Index n) { return Matrix::Ones(n, n).triangularView<Eigen::Lower>(); }

}  // namespace

TEST_CASE("a stream keeps the first keys and those just before the query") {
  const PatternCriteria pattern{.stream = PatternCriteria::Stream{1, 2}};
  CHECK(kept(causal_of(5), pattern, Causality::causal) == "1.... 11... 111.. 1.11. 1..11");
  // Without a causal mask the window goes both ways.
  CHECK(kept(Matrix::Ones(4, 4), pattern, Causality::bidirectional) == "11.. 111. 1111 1.11");
  CHECK(kept(Matrix::Ones(2, 4), pattern, Causality::causal) == "111. 1.11");
}

TEST_CASE("columns and diagonals unite") {
  Matrix weights = Matrix::Constant(4, 4, .1);
  weights.col(2).setConstant(.3);
  weights(1, 0) = weights(2, 1) = weights(3, 2) = .9;  // offset -1
  CHECK(kept(weights, {.vertical = 1}, Causality::bidirectional) == "..1. ..1. ..1. ..1.");
  CHECK(kept(weights, {.slash = 1}, Causality::bidirectional) == ".... 1... .1.. ..1.");
  CHECK(kept(weights, {.vertical = 1, .slash = 1}, Causality::bidirectional) ==
        "..1. 1.1. .11. ..1.");
}

TEST_CASE("of equal columns the lower counts, of diagonals the nearer, then the one before") {
  CHECK(kept(Matrix::Ones(3, 3), {.vertical = 2}, Causality::bidirectional) == "11. 11. 11.");
  Matrix same = Matrix::Zero(4, 4);
  same(0, 1) = same(1, 0) = same(2, 0) = 1;  // offsets 1, -1, -2
  CHECK(kept(same, {.slash = 1}, Causality::bidirectional) == ".... 1... .... ....");
  CHECK(kept(same, {.slash = 2}, Causality::bidirectional) == ".1.. 1... .... ....");
}

TEST_CASE("the last queries may stand for all") {
  Matrix weights = causal_of(4);
  weights(0, 0) = 9;  // only the first query makes key 0 the best
  weights(3, 1) = 2;
  CHECK(kept(weights, {.vertical = 1}, Causality::causal) == "1... 1... 1... 1...");
  CHECK(kept(weights, {.vertical = 1, .estimate_from = 2}, Causality::causal) ==
        ".... .1.. .1.. .1..");
}

TEST_CASE("blocks keep a share of their row's sum; the last ones may be smaller") {
  Matrix weights = Matrix::Constant(3, 5, .05);
  weights(0, 4) = .6;
  weights(1, 0) = .2;
  // Row of blocks 0: sums .35, .2, .65; row 1: .1, .1, .05.
  CHECK(kept(weights, {.blocks = PatternCriteria::Blocks{2, .5}}, Causality::bidirectional) ==
        "....1 ....1 1111.");
  CHECK(kept(weights, {.blocks = PatternCriteria::Blocks{2, .6}}, Causality::bidirectional) ==
        "11..1 11..1 1111.");
  CHECK(kept(Matrix::Zero(2, 2), {.blocks = PatternCriteria::Blocks{1, 1}},
             Causality::bidirectional) == ".. ..");
}

TEST_CASE("patterns intersect, also with other criteria") {
  const PatternCriteria both{.vertical = 1, .stream = PatternCriteria::Stream{0, 2}};
  CHECK(kept(causal_of(4), both, Causality::causal) == "1... 1... .... ....");
  SparsifyOptions options;
  options.pattern = {.stream = PatternCriteria::Stream{0, 2}};
  options.row.top_k = 1;
  Matrix left = causal_of(3) * .5;
  CHECK(sparsify(left, options, Causality::causal).kept() == 3);
  // A row that both would empty keeps its largest entry: key 0.
  CHECK(left(2, 0) == 1);
}

TEST_CASE("a pattern outside its bounds is refused") {
  const auto refused = [](const PatternCriteria& pattern, const char* text) {
    CHECK_THROWS_WITH_AS(check_pattern(pattern), text, ArgumentError);
  };
  refused({.vertical = 0}, "$vertical: is 0, expected 1 or more");
  refused({.slash = 0}, "$slash: is 0, expected 1 or more");
  refused({.slash = 1, .estimate_from = 0}, "$estimate-from: is 0, expected 1 or more");
  refused({.stream = PatternCriteria::Stream{0, 0}}, "$stream: keeps no key");
  refused({.blocks = PatternCriteria::Blocks{0, .5}},
          "$blocks: are of 0 tokens, expected 1 or more");
  refused({.blocks = PatternCriteria::Blocks{8, 0}},
          "$blocks: have a share that is not above 0 and up to 1");
  CHECK(stream_named("4,64").window == 64);
  CHECK(blocks_named("8:0.95").mass == .95);
  CHECK_THROWS_AS(blocks_named("18446744073709551615:0.95"), ArgumentError);
  CHECK_THROWS_AS(stream_named("1,18446744073709551615"), ArgumentError);
  CHECK_THROWS_WITH_AS(stream_named("4"),
                       "$stream: '4' is not SINK,WINDOW, two numbers of keys such as 4,64",
                       ArgumentError);
  CHECK_THROWS_WITH_AS(blocks_named("8:0.9x"),
                       "$blocks: '8:0.9x' is not SIZE:MASS, the tokens of a block and a share such "
                       "as 64:0.95",
                       ArgumentError);
}
