#include "report/questions/rollout.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "oracle/npy_file.hpp"
#include "report/answer/picture.hpp"
#include "report/recording_sink.hpp"

using namespace attngraph;

namespace {

Attention stack_of(const std::string& path, std::vector<std::string> tokens = {}) {
  const Tensor tensor = oracle::npy_file(path);
  std::vector<Tensor> layers;
  for (std::size_t l = 0; l < tensor.shape()[0]; ++l) {
    layers.push_back(tensor.rank() == 4 ? tensor.at(0, l) : tensor.at(0, l).with_axis(0));
  }
  return Attention(layers, std::move(tokens), path);
}

}  // namespace

TEST_CASE("the answer is one matrix of outputs and inputs, with labels") {
  RecordingSink sink;
  RolloutOptions options;
  options.transition.residual = residual_named("none");
  rollout_report(stack_of("deck/11-rollout/attention.npy"), options, sink);
  CHECK(sink.series.row_column.name == "output");
  CHECK(sink.series.column_column.name == "input");
  CHECK(sink.series.column_labels.size() == 6);
  CHECK(sink.series.shape == std::vector<std::size_t>{6, 6});
  const auto expected = oracle::npy_file("deck/11-rollout/rollout.npy").to_doubles();
  REQUIRE(sink.matrices.size() == 1);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(sink.matrices[0].values[i] == doctest::Approx(expected[i]).epsilon(1e-12));
  }
}

TEST_CASE("prefixes give one matrix for each layer") {
  RecordingSink sink;
  RolloutOptions options;
  options.prefixes = true;
  options.start_layer = 1;
  rollout_report(stack_of("deck/11-rollout/attention.npy"), options, sink);
  CHECK(sink.series.shape == std::vector<std::size_t>{3, 6, 6});
  REQUIRE(sink.matrices.size() == 3);
  CHECK(sink.matrices[0].place == MatrixPlace{std::int64_t{1}});
}

TEST_CASE("a target is one row of the matrix; the mean is the mean of its rows") {
  RecordingSink whole, row, last, mean;
  const auto stack = stack_of("deck/11-rollout/attention.npy", {"a", "b", "c", "d", "e", "f"});
  RolloutOptions options;
  rollout_report(stack, options, whole);
  options.target = "c";
  rollout_report(stack, options, row);
  options.target = "last";
  rollout_report(stack, options, last);
  options.target = "mean";
  rollout_report(stack, options, mean);
  CHECK(row.columns() == "output,input,label,rollout,output_label");
  REQUIRE(row.table.size() == 6);
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(row.number(i, 0) == 2);
    CHECK(row.text(i, 4) == "c");
    CHECK(row.text(i, 2) == std::string(1, static_cast<char>('a' + i)));
    CHECK(row.number(i, 3) == doctest::Approx(whole.matrices[0](2, i)).epsilon(1e-12));
    CHECK(last.number(i, 3) == doctest::Approx(whole.matrices[0](5, i)).epsilon(1e-12));
    double sum = 0;
    for (std::size_t output = 0; output < 6; ++output) sum += whole.matrices[0](output, i);
    CHECK(mean.columns() == "output,input,label,rollout");
    CHECK(mean.text(i, 0) == "mean");
    CHECK(mean.number(i, 3) == doctest::Approx(sum / 6).epsilon(1e-12));
  }
}

TEST_CASE("a target in an array file is a vector, or one for each prefix") {
  RecordingSink rows, array(Form::matrices);
  const auto stack = stack_of("deck/11-rollout/attention.npy");
  RolloutOptions options;
  options.target = "2";
  options.prefixes = true;
  rollout_report(stack, options, rows);
  rollout_report(stack, options, array);
  CHECK(array.series.shape == std::vector<std::size_t>{4, 6});
  REQUIRE(array.matrices.size() == 4);
  for (std::size_t i = 0; i < 24; ++i) CHECK(array.matrices[i / 6](0, i % 6) == rows.number(i, 4));
}

TEST_CASE("the causal null is refused for attention that looks ahead") {
  RecordingSink sink;
  RolloutOptions options;
  options.causal_null = true;
  CHECK_THROWS_AS(rollout_report(stack_of("deck/11-rollout/attention.npy"), options, sink),
                  InputError);
}

TEST_CASE("over the causal null, uniform attention gives 1 where it can see and 0 elsewhere") {
  const Tensor uniform = Tensor::from(std::vector<double>{1, 0, .5, .5}, {1, 2, 2});
  RolloutOptions options;
  options.causal_null = true;
  RecordingSink sink, row;
  rollout_report(Attention({uniform, uniform}), options, sink);
  CHECK(sink.matrices[0].values == std::vector<double>{1, 0, 1, 1});
  options.target = "0";
  rollout_report(Attention({uniform, uniform}), options, row);
  CHECK(row.number(0, 3) == 1);
  CHECK(row.number(1, 3) == 0);
}

TEST_CASE("in double precision float32 weights are exact numbers") {
  // The first row of another program's answer, computed in double from the float32 file.
  const double expected[] = {0.7240181616462666, 0.024772747412115683, 0.026966551107920247};
  RecordingSink single, exact;
  RolloutOptions options;
  const auto stack = stack_of("minilm/short/attention.npy");
  rollout_report(stack, options, single);
  options.precision = Precision::float64;
  rollout_report(stack, options, exact);
  CHECK(single.series.single_precision);
  CHECK_FALSE(exact.series.single_precision);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(std::abs(exact.matrices[0](0, i) - expected[i]) < 1e-12);
    CHECK(std::abs(single.matrices[0](0, i) - expected[i]) < 1e-6);
  }
}

/// Three layers of [CLS], a and b, of which [CLS] takes most.
Attention with_special(RowDivision division = RowDivision::none) {
  const Tensor layer =
      Tensor::from(std::vector<double>{.5, .25, .25, .5, .5, 0, .5, 0, .5}, {1, 3, 3});
  Attention attention({layer, layer}, {"[CLS]", "a", "b"}, "special");
  Grouping kept = without_special(single_tokens(attention.tokens()));
  kept.division = division;
  attention.set_merged({kept, kept, true});
  return attention;
}

TEST_CASE("what is left out of the answer still carries what goes through it") {
  RolloutOptions options;
  options.transition.residual = residual_named("none");
  RecordingSink whole, divided, target, mean;
  rollout_report(with_special(), options, whole);
  CHECK(whole.series.column_labels == std::vector<std::string>{"a", "b"});
  // Row a of the square is [.5, .375, .125]: an eighth goes to b by [CLS], nothing without it.
  CHECK(whole.matrices[0].values == std::vector<double>{.375, .125, .125, .375});
  rollout_report(with_special(RowDivision::afterwards), options, divided);
  CHECK(divided.matrices[0].values == std::vector<double>{.75, .25, .25, .75});
  options.target = "b";
  rollout_report(with_special(), options, target);
  CHECK(target.number(0, 0) == 1);
  CHECK(target.number(0, 3) == doctest::Approx(.125));
  CHECK(target.number(1, 3) == doctest::Approx(.375));
  options.target = "mean";
  rollout_report(with_special(), options, mean);
  CHECK(mean.number(0, 3) == doctest::Approx(.25));
}

TEST_CASE("a target called like a keyword is told apart") {
  RecordingSink sink;
  RolloutOptions options;
  const auto stack =
      stack_of("deck/11-rollout/attention.npy", {"at", "last", "it", "was", "so", "!"});
  options.target = "last";
  CHECK_THROWS_AS(rollout_report(stack, options, sink), ArgumentError);
  options.target = "#last";
  rollout_report(stack, options, sink);
  CHECK(sink.number(0, 0) == 5);
}

namespace {

class PictureSink : public RecordingSink {
 public:
  PictureSink() : RecordingSink(Form::drawing) {}
  std::vector<Picture> pictures;
  void picture(const Picture& picture) override { pictures.push_back(picture); }
};

}  // namespace

TEST_CASE("a rollout is a heat map of all outputs, or bars of one output's inputs") {
  const Tensor layer = Tensor::from(std::vector<double>{1, 0, .5, .5}, {1, 2, 2});
  RolloutOptions options;
  options.transition.residual = residual_named("none");
  PictureSink sink;
  rollout_report(Attention({layer, layer}, {"a", "b"}), options, sink);
  const auto& map = std::get<HeatMap>(sink.pictures.at(0).content);
  CHECK(map.panels.at(0).values == std::vector<float>{1, 0, .75f, .25f});
  CHECK(map.row_labels == std::vector<std::string>{"a", "b"});
  CHECK(map.row_axis == "Output");
  options.target = "b";
  rollout_report(Attention({layer, layer}, {"a", "b"}), options, sink);
  const auto& bars = std::get<Bars>(sink.pictures.at(1).content);
  CHECK(bars.labels == std::vector<std::string>{"a", "b"});
  CHECK(bars.groups.at(0).values == std::vector<double>{.75, .25});
  CHECK(bars.text);
  CHECK(sink.pictures[1].details == std::vector<std::string>{"output b", "by input"});
}

TEST_CASE("where a grid is said, a target's rollout lies on it, a panel for each prefix") {
  // Every query attends to keys 0 and 4 alike; without residual every product is that row again.
  std::vector<double> weights;
  for (int q = 0; q < 5; ++q) weights.insert(weights.end(), {.5, 0, 0, 0, .5});
  const Tensor layer = Tensor::from(weights, {1, 5, 5});
  RolloutOptions options;
  options.transition.residual = residual_named("none");
  options.target = "2";
  options.prefixes = true;
  options.patches.grid.prefix = 1;
  PictureSink sink;
  rollout_report(Attention({layer, layer}), options, sink);
  REQUIRE(sink.pictures.size() == 1);
  const Picture& picture = sink.pictures[0];
  CHECK(picture.title == "rollout of 2");
  const auto& map = std::get<HeatMap>(picture.content);
  CHECK(map.rows == 2);
  REQUIRE(map.panels.size() == 2);
  CHECK(map.panels[1].title == "through layer 1");
  CHECK(map.panels[1].values == std::vector<float>{0, 0, 0, .5f});
  CHECK(map.high == .5);
  CHECK(map.value_name == "rollout");
}
