#include "report/questions/compare.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "recorded_sink.hpp"

namespace attngraph {
namespace {

/// Heads that look at the first, at the first, and at the second token.
Attention three_heads() {
  return Attention(
      {Tensor::from(std::vector<double>{1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1}, {3, 2, 2})}, {},
      "three");
}

TEST_CASE("every pair of heads is compared once") {
  RecordedSink sink;
  compare_report(three_heads(), {}, sink);
  CHECK(sink.header() == "layer_a,head_a,layer_b,head_b,js");
  CHECK(sink.integers("head_a") == std::vector<std::int64_t>{0, 0, 1});
  CHECK(sink.integers("head_b") == std::vector<std::int64_t>{1, 2, 2});
  CHECK(sink.reals("js")[0] == 0);
  CHECK(sink.reals("js")[1] == doctest::Approx(std::numbers::ln2));
}

TEST_CASE("rows of zeros are left out where both heads have them, with a note") {
  const Attention heads(
      {Tensor::from(std::vector<double>{1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0}, {3, 2, 2})}, {},
      "zeros");
  RecordedSink sink;
  compare_report(heads, {}, sink);
  CHECK(sink.reals("js")[0] == doctest::Approx(std::numbers::ln2));
  CHECK(sink.notes == std::vector<std::string>{"rows of zeros, up to 1 of 2 in a head, are left "
                                               "out where both heads have them"});
}

TEST_CASE("a single head has no pairs, and is a cluster") {
  const Attention one = three_heads().selected({0}, {1}, std::nullopt);
  RecordedSink pairs;
  compare_report(one, {}, pairs);
  CHECK(pairs.integers("head_a").empty());
  RecordedSink clusters;
  compare_report(one, {1, false}, clusters);
  CHECK(clusters.integers("head") == std::vector<std::int64_t>{1});
}

TEST_CASE("clusters put like heads together") {
  RecordedSink sink;
  compare_report(three_heads(), {2, false}, sink);
  CHECK(sink.header() == "layer,head,cluster,order");
  CHECK(sink.integers("cluster") == std::vector<std::int64_t>{0, 0, 1});
  CHECK(sink.integers("order") == std::vector<std::int64_t>{0, 1, 2});
  CHECK_THROWS_AS(compare_report(three_heads(), {4, false}, sink), ArgumentError);
}

TEST_CASE("merges are those of SciPy's linkage") {
  RecordedSink sink;
  compare_report(three_heads(), {std::nullopt, true}, sink);
  CHECK(sink.header() == "cluster,left,right,distance,size");
  CHECK(sink.integers("cluster") == std::vector<std::int64_t>{3, 4});
  CHECK(sink.integers("left") == std::vector<std::int64_t>{0, 3});
  CHECK(sink.integers("right") == std::vector<std::int64_t>{1, 2});
  CHECK(sink.reals("distance")[1] == doctest::Approx(std::sqrt(std::numbers::ln2)));
  CHECK(sink.integers("size") == std::vector<std::int64_t>{2, 3});
}

TEST_CASE("an array holds every two heads, or the merges as SciPy has them") {
  RecordedSink pairs(Form::matrices), merges(Form::matrices);
  compare_report(three_heads(), {}, pairs);
  CHECK(pairs.series.shape == std::vector<std::size_t>{3, 3});
  CHECK(pairs.matrices[0](0, 1) == 0);
  CHECK(pairs.matrices[0](2, 1) == doctest::Approx(std::numbers::ln2));
  compare_report(three_heads(), {std::nullopt, true}, merges);
  CHECK(merges.series.shape == std::vector<std::size_t>{2, 4});
  Matrix expected(2, 4);
  expected << 0, 1, 0, 2, 2, 3, std::sqrt(std::numbers::ln2), 3;  // the lower cluster first
  CHECK(merges.matrices[0].isApprox(expected, 1e-12));
  RecordedSink none(Form::matrices);
  compare_report(Attention({Tensor::from(std::vector<double>{1}, {1, 1, 1})}), {std::nullopt, true},
                 none);
  CHECK(none.matrices.empty());
}

TEST_CASE("two files are compared head by head") {
  const Attention other(
      {Tensor::from(std::vector<double>{1, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 1}, {3, 2, 2})});
  RecordedSink sink;
  compare_report(three_heads(), other, sink);
  CHECK(sink.integers("head_a") == std::vector<std::int64_t>{0, 1, 2});
  CHECK(sink.integers("head_b") == std::vector<std::int64_t>{0, 1, 2});
  CHECK(sink.reals("js")[0] == 0);
  CHECK(sink.reals("js")[1] == doctest::Approx(std::numbers::ln2 / 2));
  CHECK(sink.summaries.at("js_max") == doctest::Approx(std::numbers::ln2 / 2));
  CHECK(sink.summaries.at("js_mean") == doctest::Approx(std::numbers::ln2 / 6));
}

TEST_CASE("files of different shapes are refused") {
  const Attention other({Tensor::from(std::vector<double>{1, 0, 1, 0}, {1, 2, 2})}, {}, "b");
  RecordedSink sink;
  CHECK_THROWS_WITH_AS(compare_report(three_heads(), other, sink),
                       "b: has 1 heads, expected 3 as in three", InputError);
}

}  // namespace
}  // namespace attngraph
