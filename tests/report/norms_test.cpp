#include "report/questions/norms.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "recorded_sink.hpp"

namespace attngraph {
namespace {

Tensor ones(Shape shape) {
  std::size_t size = 1;
  for (const std::size_t extent : shape) size *= extent;
  return Tensor::from(std::vector<double>(size, 1.0), std::move(shape));
}

/// Two layers, two heads, uniform over two tokens.
Attention uniform_stack() {
  const Tensor layer = Tensor::from(std::vector<double>(8, .5), {2, 2, 2});
  return Attention({layer, layer}, {}, "uniform");
}

Attention one_layer() { return uniform_stack().selected({1}, {0, 1}, std::nullopt); }

TEST_CASE("without an output projection every head has its norms, and a note says what lacks") {
  NormsOptions options;
  options.value = ones({2, 2, 2, 4});
  RecordedSink sink;
  norms_report(uniform_stack(), options, sink);
  CHECK(sink.series.shape == Shape{2, 2, 2, 2});
  CHECK(sink.series.value_column.name == "norm");
  REQUIRE(sink.matrices.size() == 4);
  CHECK(sink.matrices[3](1, 0) == doctest::Approx(1));
  CHECK(sink.notes.size() == 1);
}

TEST_CASE("both ends of a norm have labels, and so has the token that mixes") {
  const Tensor layer = Tensor::from(std::vector<double>{.5, .5, .5, .5}, {1, 2, 2});
  const Attention named({layer}, {"the", "cat"}, "named");
  NormsOptions options;
  options.value = ones({1, 2, 1});
  options.wo = ones({1, 1});
  RecordedSink norms, shares;
  norms_report(named, options, norms);
  CHECK(norms.series.row_label.name == "query_label");
  CHECK(norms.series.column_label.name == "key_label");
  CHECK(norms.series.row_labels == std::vector<std::string>{"the", "cat"});
  options.mixing = true;
  norms_report(named, options, shares);
  CHECK(shares.header() == "layer,query,mixing,query_label");
  CHECK(shares.texts("query_label") == std::vector<std::string>{"the", "cat"});
}

TEST_CASE("with an output projection the heads are summed") {
  NormsOptions options;
  options.value = ones({2, 2, 1});
  options.wo = ones({3, 2});
  RecordedSink sink;
  norms_report(one_layer(), options, sink);
  REQUIRE(sink.matrices.size() == 1);
  CHECK(sink.series.shape == Shape{2, 2});
  CHECK(std::get<std::int64_t>(sink.places[0][0]) == 1);
  CHECK(std::get<std::string>(sink.places[0][1]) == "all");
  CHECK(sink.matrices[0](0, 1) == doctest::Approx(std::sqrt(3)));
  options.per_head = true;
  RecordedSink heads;
  norms_report(one_layer(), options, heads);
  REQUIRE(heads.matrices.size() == 2);
  CHECK(heads.matrices[1](0, 1) == doctest::Approx(std::sqrt(3) / 2));
}

TEST_CASE("the bias joins the values, and values side by side are split") {
  NormsOptions options;
  options.value = ones({2, 2});
  options.bv = ones({2});
  RecordedSink sink;
  norms_report(one_layer(), options, sink);
  CHECK(sink.matrices[0](0, 0) == doctest::Approx(1));
}

TEST_CASE("mixing gives a row for each query") {
  NormsOptions options;
  options.value = ones({2, 2, 1});
  options.wo = ones({3, 2});
  options.mixing = true;
  RecordedSink sink;
  norms_report(one_layer(), options, sink);
  CHECK(sink.header() == "layer,query,mixing");
  CHECK(sink.integers("layer") == std::vector<std::int64_t>{1, 1});
  CHECK(sink.reals("mixing")[1] == doctest::Approx(.5));
  options.residual_stream = ones({2, 3});
  RecordedSink with_stream;
  norms_report(one_layer(), options, with_stream);
  CHECK(with_stream.reals("mixing")[1] == doctest::Approx(1. / 3));
}

TEST_CASE("what does not fit is refused") {
  RecordedSink sink;
  NormsOptions options;
  CHECK_THROWS_AS(norms_report(one_layer(), options, sink), ArgumentError);
  options.value = ones({2, 2, 1});
  CHECK_THROWS_AS(norms_report(uniform_stack(), options, sink), InputError);
  options.mixing = true;
  CHECK_THROWS_WITH_AS(norms_report(one_layer(), options, sink), "$mixing: needs $wo",
                       ArgumentError);
  options.wo = ones({3, 5});
  CHECK_THROWS_WITH_AS(norms_report(one_layer(), options, sink),
                       "$wo: has shape [3, 5], expected [model, 2]", InputError);
  options.value = ones({3, 2, 1});
  CHECK_THROWS_AS(norms_report(one_layer(), options, sink), InputError);
  options.value = ones({2, 3, 1});
  CHECK_THROWS_AS(norms_report(one_layer(), options, sink), InputError);
  options.value = ones({2, 2, 1});
  options.wo = ones({3, 2});
  const Attention fused = uniform_stack().selected({0}, {0, 1}, Fuse::mean);
  CHECK_THROWS_AS(norms_report(fused, options, sink), ArgumentError);
  options.per_head = true;
  CHECK_THROWS_WITH_AS(norms_report(one_layer(), options, sink),
                       "$per-head: does not go with $residual-stream or $mixing, which are about "
                       "the sum of all heads",
                       ArgumentError);
  options = {};
  options.value = ones({1, 2, 2, 1});
  CHECK_THROWS_WITH_AS(norms_report(one_layer(), options, sink),
                       "$value: has 1 layers, expected also layer 1", InputError);
  options.value = ones({2, 2, 1});
  options.bv = ones({3});
  CHECK_THROWS_WITH_AS(norms_report(one_layer(), options, sink),
                       "$bv: has shape [3], expected [2], one for each column", InputError);
}

}  // namespace
}  // namespace attngraph
