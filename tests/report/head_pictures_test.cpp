#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <string>
#include <variant>
#include <vector>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "recorded_sink.hpp"
#include "report/answer/picture.hpp"
#include "report/questions/compare.hpp"
#include "report/questions/heads.hpp"

namespace attngraph {
namespace {

class PictureSink : public RecordedSink {
 public:
  PictureSink() : RecordedSink(Form::drawing) {}
  std::vector<Picture> pictures;
  void picture(const Picture& picture) override { pictures.push_back(picture); }

  const HeatMap& map() const { return std::get<HeatMap>(pictures.at(0).content); }
};

/// Two layers of two heads on two tokens: self, next for query 0, the first token, uniform.
Attention small_stack() {
  return Attention({Tensor::from(std::vector<double>{1, 0, 0, 1, 0, 1, 0, 1}, {2, 2, 2}),
                    Tensor::from(std::vector<double>{1, 0, 1, 0, .5, .5, .5, .5}, {2, 2, 2})},
                   {}, "small");
}

TEST_CASE("a map of the heads has a layer in each row, colours of a column and signs of types") {
  HeadsOptions options;
  options.color_by = "self";
  PictureSink sink;
  heads_report(small_stack(), options, sink);
  const HeatMap& map = sink.map();
  CHECK(map.rows == 2);
  CHECK(map.columns == 2);
  CHECK(map.row_axis == "Layer");
  CHECK(map.panels[0].values == std::vector<float>{1, .5f, .5f, .5f});
  CHECK(map.value_name == "self");
  // Next to itself, behind itself, itself and the token before: the first rule that holds.
  CHECK(map.panels[0].texts == std::vector<std::string>{"=", "N", "P", "P"});
  CHECK(map.signs == std::vector<std::pair<std::string, std::string>>{
                         {"P", "previous"}, {"N", "next"}, {"=", "self"}});
  CHECK(sink.pictures[0].details.at(0).starts_with("self: share of its attention"));
}

TEST_CASE("a map is coloured by a column of numbers only") {
  HeadsOptions options;
  options.color_by = "type";
  CHECK_THROWS_WITH_AS(check_options(options),
                       "$color-by: type is no measure, expected a column of numbers",
                       ArgumentError);
  options.color_by = "layer";
  CHECK_THROWS_AS(check_options(options), ArgumentError);
  options.color_by = "nonsense";
  CHECK_THROWS_AS(check_options(options), ArgumentError);
  options.color_by = "gini";
  CHECK_THROWS_AS(check_options(options), ArgumentError);
  options.gini = true;
  CHECK_NOTHROW(check_options(options));
}

TEST_CASE("heads that are alike stand beside each other under a tree") {
  // Heads 0 and 2 are the same, 1 has nothing in common with them.
  const Attention stack(
      {Tensor::from(std::vector<double>{1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0}, {3, 2, 2})});
  PictureSink sink;
  compare_report(stack, {}, sink);
  const HeatMap& map = sink.map();
  CHECK(map.row_labels == std::vector<std::string>{"L0 H0", "L0 H2", "L0 H1"});
  CHECK(map.column_labels == map.row_labels);
  const auto far = static_cast<float>(std::sqrt(std::numbers::ln2));
  CHECK(map.panels[0].values[1] == 0);
  CHECK(map.panels[0].values[2] == doctest::Approx(far));
  CHECK(map.panels[0].values[8] == 0);
  REQUIRE(map.tree.size() == 2);
  CHECK(map.tree[0].left == 0);
  CHECK(map.tree[0].right == 1);
  CHECK(map.tree[0].height == 0);
  CHECK(map.tree[1].left == 3);
  CHECK(map.tree[1].right == 2);
  CHECK(map.tree[1].height == doctest::Approx(far));
}

TEST_CASE("a single head has a picture without a tree") {
  PictureSink sink;
  compare_report(small_stack().selected({0}, {1}, std::nullopt), {}, sink);
  CHECK(sink.map().rows == 1);
  CHECK(sink.map().tree.empty());
}

TEST_CASE("two files are a map of how each head differs") {
  PictureSink sink;
  compare_report(small_stack(), small_stack(), sink);
  CHECK(sink.map().panels[0].values == std::vector<float>{0, 0, 0, 0});
  CHECK(sink.map().value_name == "js");
  CHECK(sink.pictures[0].details.at(0) == "against small");
}

}  // namespace
}  // namespace attngraph
