#include "attention/grouped.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "reading/words/grouping.hpp"
#include "reading/words/word_pieces.hpp"

using namespace attngraph;

namespace {

Matrix matrix(std::initializer_list<std::initializer_list<double>> rows) {
  Matrix result(static_cast<Index>(rows.size()), static_cast<Index>(rows.begin()->size()));
  Index q = 0;
  for (const auto& row : rows) {
    Index k = 0;
    for (const double value : row) result(q, k++) = value;
    ++q;
  }
  return result;
}

}  // namespace

TEST_CASE("the tail keeps the order of nodes that are not named in the order of tokens") {
  const Grouping all{{1, 1, 0}, {"b", "a"}, RowDivision::none};
  const Grouping last = tail(all, 3);
  CHECK(last.node == all.node);
  CHECK(last.labels == all.labels);
  const Matrix weights = matrix({{.6, .3, .1}, {.2, .5, .3}, {.1, .1, .8}});
  CHECK(grouped(weights, last, all).isApprox(matrix({{.8, .2}, {.2, .8}}), 1e-15));
}

TEST_CASE("rows are divided by what is left of them before they are merged") {
  const Matrix weights = matrix({{1, 0, 0}, {.5, .5, 0}, {.8, 0, .2}});
  Grouping grouping{{Grouping::left_out, 0, 0}, {"ab"}, RowDivision::left_first};
  CHECK(grouped(weights, grouping, grouping).isApprox(matrix({{1}}), 1e-15));
  Grouping apart{{Grouping::left_out, 0, 1}, {"a", "b"}, RowDivision::left_first};
  CHECK(grouped(weights, apart, apart).isApprox(matrix({{1, 0}, {0, 1}}), 1e-15));
}

TEST_CASE("mass to a word is summed and mass from a word is averaged") {
  const Matrix weights = matrix({{.5, .25, .25}, {.1, .2, .7}, {.3, .3, .4}});
  const Grouping grouping = words(single_tokens({"ca", "##ts", "sat"}));
  const Matrix expected = matrix({{(.75 + .3) / 2, (.25 + .7) / 2}, {.6, .4}});
  CHECK(grouped(weights, grouping, grouping).isApprox(expected, 1e-15));
}

TEST_CASE("leaving out special tokens loses their mass unless rows are divided again") {
  const Matrix weights = matrix({{.5, .25, .25}, {.6, .1, .3}, {.2, .2, .6}});
  Grouping grouping = without_special(single_tokens({"[CLS]", "a", "b"}));
  CHECK(grouping.labels == std::vector<std::string>{"a", "b"});
  CHECK(grouped(weights, grouping, grouping).isApprox(matrix({{.1, .3}, {.2, .6}}), 1e-15));
  grouping.division = RowDivision::afterwards;
  CHECK(grouped(weights, grouping, grouping).isApprox(matrix({{.25, .75}, {.25, .75}}), 1e-15));
}

TEST_CASE("grouping keeps rows distributions") {
  CHECK(rc::check([] {
    const auto n = *rc::gen::inRange<int>(1, 12);
    Matrix weights(n, n);
    Grouping grouping;
    std::int32_t nodes = 0;
    for (int q = 0; q < n; ++q) {
      for (int k = 0; k < n; ++k) weights(q, k) = *rc::gen::inRange(1, 1000);
      weights.row(q) /= weights.row(q).sum();
      if (nodes == 0 || *rc::gen::arbitrary<bool>()) ++nodes;
      grouping.node.push_back(nodes - 1);
    }
    grouping.labels.resize(static_cast<std::size_t>(nodes));
    const Matrix result = grouped(weights, grouping, grouping);
    for (Index q = 0; q < result.rows(); ++q) RC_ASSERT(std::abs(result.row(q).sum() - 1) < 1e-12);
  }));
}
