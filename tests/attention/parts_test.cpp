#include "attention/parts/parts.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include "attention/attention.hpp"
#include "attention/parts/part_masses.hpp"
#include "core/error.hpp"

namespace attngraph {
namespace {

Attention uniform(std::size_t queries, std::size_t keys, std::vector<std::string> tokens = {}) {
  const std::vector<double> weights(queries * keys, 1 / static_cast<double>(keys));
  return Attention({Tensor::from(weights, {1, queries, keys})}, std::move(tokens), "a.npy");
}

Parts parts_in(const Attention& attention, const std::string& ranges) {
  return parts_of(attention, {*named_ranges(ranges), false});
}

PartMasses masses(const Matrix& weights, const Parts& parts) {
  PartTally tally(parts);
  tally.add({0, 0, {weights.data(), weights.rows(), weights.cols()}});
  return tally.finish();
}

using Numbers = std::vector<std::int32_t>;
using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("what no range names is the rest, and nothing else may be called so") {
  const Attention five = uniform(5, 5);
  const Parts parts = parts_in(five, "b:3-4,a:0-1");
  CHECK(parts.names == Names{"b", "a", "rest"});
  CHECK(parts.has_rest);
  CHECK(parts.keys == Numbers{1, 1, 2, 0, 0});
  CHECK(parts.queries == parts.keys);
  CHECK_FALSE(parts_in(five, "a:0-1,rest:2-4").has_rest);
  CHECK_THROWS_WITH_AS(parts_in(five, "rest:0-1"),
                       "$segments: a segment is called 'rest', and so are the tokens in no segment",
                       ArgumentError);
  CHECK_THROWS_WITH_AS(parts_in(five, "a:0-1,a:2-4"), "$segments: a segment is called 'a' twice",
                       ArgumentError);
  CHECK_THROWS_WITH_AS(parts_in(five, "a:0-5"), "$segments: 'a:0-5' is no range of tokens 0 to 4",
                       ArgumentError);
}

TEST_CASE("the last queries of a text are in the parts of its last keys") {
  const Attention last =
      Attention({Tensor::from(std::vector<double>{.5, .5, 0, .2, .3, .5}, {1, 2, 3})});
  Attention self = last;
  self.set_sides(Sides::self, {});
  CHECK(parts_in(self, "a:0-1,b:2").queries == Numbers{0, 1});
}

TEST_CASE("ranges part each side of cross-attention as far as it goes") {
  Attention cross = uniform(2, 4, {"w", "x", "y", "z"});
  const Parts parts = parts_in(cross, "a:0,b:1-3");
  CHECK(parts.queries == Numbers{0, 1});
  CHECK(parts.keys == Numbers{0, 1, 1, 1});
  CHECK(parts_in(cross, "b:2-3").queries == Numbers{1, 1});
  CHECK(parts_in(cross, "b:2-3").names == Names{"b", "rest"});
  cross.set_sides(Sides::cross, {"q", "."});
  const Parts sentences = parts_of(cross, {{}, true});
  CHECK(sentences.names == Names{"s0"});
  cross.set_sides(Sides::cross, {});
  CHECK(parts_of(cross, {{}, true}).names == Names{"s0", "rest"});
  CHECK(parts_of(cross, {{}, true}).queries == Numbers{1, 1});
  CHECK_THROWS_AS(parts_of(uniform(2, 2), {{}, true}), InputError);
}

TEST_CASE("ranges are of tokens of the file where words are put together") {
  Attention attention = uniform(5, 5);
  Grouping words;
  words.node = {Grouping::left_out, 0, 0, 1, 2};
  words.labels = {"playing", "with", "cats"};
  attention.set_merged({words, words});
  CHECK(parts_in(attention, "a:0-2,b:3").keys == Numbers{0, 1, 2});
  CHECK_THROWS_WITH_AS(parts_in(attention, "a:0-1,b:2-4"),
                       "$segments: the word 'playing' lies in two segments, 'a' and 'b'",
                       ArgumentError);
}

TEST_CASE("names of parts are chosen one by one or with commas between") {
  const Parts parts = parts_in(uniform(3, 3), "a:0,b:1,c:2");
  CHECK(parts.chosen("", "$from") == std::vector<bool>{true, true, true});
  CHECK(parts.chosen("c,a", "$from") == std::vector<bool>{true, false, true});
  CHECK_THROWS_WITH_AS(parts.chosen("a,d", "$from"), "$from: there is no segment 'd'",
                       ArgumentError);
  Parts strange = parts;
  strange.names[1] = "b,c";
  CHECK(strange.chosen("b,c", "$from") == std::vector<bool>{false, true, false});
}

TEST_CASE("masses of the example graph") {
  Matrix w(3, 3);
  w << .7, .2, .1, .3, .6, .1, .1, .2, .7;
  const PartMasses found = masses(w, parts_in(uniform(3, 3), "a:0-1,b:2"));
  Matrix mass(2, 2), density(2, 2);
  mass << .9, .1, .3, .7;
  density << .45, .1, .15, .7;
  CHECK(found.mass.isApprox(mass, 1e-14));
  CHECK(found.density.isApprox(density, 1e-14));
}

TEST_CASE("rows of zeros count nowhere, and a part with nothing else has no number") {
  Matrix weights = Matrix::Zero(3, 3);
  weights.row(1) << .25, .25, .5;
  const PartMasses found = masses(weights, parts_in(uniform(3, 3), "a:0-1,b:2"));
  CHECK(found.mass(0, 0) == .5);
  CHECK(found.mass(0, 1) == .5);
  CHECK(std::isnan(found.mass(1, 0)));
  CHECK(std::isnan(found.density(1, 1)));
}

TEST_CASE("blocks that leave keys out give the same masses, and so do parts that lie apart") {
  Matrix w(3, 3);
  w << 1, 0, 0, .5, .5, 0, 0, .25, .75;
  const Parts parts = parts_in(uniform(3, 3), "middle:1");
  PartTally tally(parts);
  const Matrix first = w.topLeftCorner(2, 2), last = w.bottomRightCorner(1, 2);
  tally.add({0, 0, {first.data(), 2, 2}});
  tally.add({2, 1, {last.data(), 1, 2}});
  CHECK(tally.finish().mass == masses(w, parts).mass);
  CHECK(tally.finish().mass(1, 1) == .875);
}

TEST_CASE("permuting tokens together with their parts changes nothing") {
  std::mt19937 random(3);
  const Index n = 7;
  const Matrix weights = (Matrix::Random(n, n).array() + 1).matrix();
  Parts parts{{"a", "b", "c"}, false, {0, 1, 2, 0, 1, 2, 0}, {0, 1, 2, 0, 1, 2, 0}};
  Eigen::PermutationMatrix<Eigen::Dynamic> order(n);
  order.setIdentity();
  std::shuffle(order.indices().begin(), order.indices().end(), random);
  const Matrix permuted = order * weights * order.transpose();
  Parts moved = parts;
  for (Index i = 0; i < n; ++i) {
    moved.keys[static_cast<std::size_t>(order.indices()[i])] =
        parts.keys[static_cast<std::size_t>(i)];
  }
  moved.queries = moved.keys;
  CHECK(masses(permuted, moved).mass.isApprox(masses(weights, parts).mass, 1e-14));
}

TEST_CASE("kurtosis is that of the population, and needs four numbers that differ") {
  CHECK(excess_kurtosis(std::vector<double>{1, 2, 3, 4}) == doctest::Approx(-1.36));
  CHECK(excess_kurtosis(std::vector<double>{0, 0, NAN, 0, 1}) == doctest::Approx(-2. / 3));
  CHECK(std::isnan(excess_kurtosis(std::vector<double>{1, 2, 3, NAN})));
  CHECK(std::isnan(excess_kurtosis(std::vector<double>{.1, .1, .1, .1})));
  CHECK(std::isnan(excess_kurtosis(std::vector<double>{0, 0, 0, 0})));
}

TEST_CASE("a part receives from those that stand far enough behind it") {
  Matrix density(3, 3);
  density << 1, 0, 0, 2, 3, 0, 4, 5, NAN;
  const Vector one = vertical_scores(density, {0, 1, 2}, 1);
  CHECK(one[0] == 3);
  CHECK(one[1] == 5);
  CHECK(std::isnan(one[2]));
  const Vector here = vertical_scores(density, {0, 1, 2}, 0);
  CHECK(here[1] == 4);
  CHECK(std::isnan(here[2]));
  CHECK(vertical_scores(density, {2, 1}, 1)[0] == 0);
}

}  // namespace attngraph
