#include "report/questions/heatmap.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "recorded_sink.hpp"
#include "report/drawn/matrix_picture.hpp"

using namespace attngraph;

namespace {

class PictureSink : public RecordedSink {
 public:
  std::vector<Picture> pictures;
  void picture(const Picture& picture) override { pictures.push_back(picture); }
};

/// Two layers of three heads on two tokens; head h of layer l begins with (1 + 3l + h) / 10.
Attention small_stack(std::vector<std::string> tokens = {"the", "cat"}) {
  std::vector<Tensor> layers;
  for (int l = 0; l < 2; ++l) {
    std::vector<double> weights;
    for (int h = 0; h < 3; ++h) {
      const double first = (1 + 3 * l + h) / 10.0;
      weights.insert(weights.end(), {first, 1 - first, 0.0, 1.0});
    }
    layers.push_back(Tensor::from(weights, {3, 2, 2}));
  }
  return Attention(std::move(layers), std::move(tokens));
}

std::vector<Picture> pictures(const Attention& stack, const HeatmapOptions& options) {
  PictureSink sink;
  heatmap_report(stack, options, sink);
  return sink.pictures;
}

const HeatMap& map_of(const Picture& picture) { return std::get<HeatMap>(picture.content); }

/// One head of `size` causal tokens: every query sees itself and what is before alike.
Attention causal_stack(int size) {
  std::vector<double> weights;
  for (int q = 0; q < size; ++q) {
    for (int k = 0; k < size; ++k) weights.push_back(k <= q ? 1.0 / (q + 1) : 0);
  }
  const auto side = static_cast<std::size_t>(size);
  return Attention({Tensor::from(weights, {1, side, side})});
}

}  // namespace

TEST_CASE("One picture has layers below each other and heads side by side, both named once") {
  const auto all = pictures(small_stack(), {});
  REQUIRE(all.size() == 1);
  const HeatMap& map = map_of(all[0]);
  CHECK(all[0].title == "2 layers of 3 heads");
  CHECK(map.rows == 2);
  CHECK(map.columns == 2);
  CHECK(map.panels_per_row == 3);
  CHECK(map.grid_rows == std::vector<std::string>{"layer 0", "layer 1"});
  CHECK(map.grid_columns == std::vector<std::string>{"head 0", "head 1", "head 2"});
  REQUIRE(map.panels.size() == 6);
  CHECK(map.panels[4].title == "layer 1, head 1");
  CHECK(map.panels[4].values == std::vector<float>{0.5f, 0.5f, 0.0f, 1.0f});
  CHECK(map.row_labels == std::vector<std::string>{"the", "cat"});
  CHECK(map.low == 0);
  CHECK(map.high == 1);
  CHECK(all[0].details == std::vector<std::string>{"a row shows what one query attends to"});
}

TEST_CASE("A picture of one layer is a nearly square grid under the layer's name") {
  HeatmapOptions options;
  options.scope = PictureScope::layer;
  const auto each = pictures(small_stack(), options);
  REQUIRE(each.size() == 2);
  CHECK(each[1].title == "layer 1");
  CHECK(each[1].layer == 1);
  CHECK(map_of(each[1]).panels_per_row == 3);  // two and one would leave a hole
  CHECK(map_of(each[1]).panels[2].title == "head 2");
}

TEST_CASE("Fused heads of many layers are a nearly square grid under the name of the fusion") {
  const std::vector<Tensor> layers(6, Tensor::from(std::vector<double>(8, 0.5), {2, 2, 2}));
  const auto all = pictures(Attention(layers).selected({0, 1, 2, 3, 4, 5}, {0, 1}, Fuse::mean), {});
  REQUIRE(all.size() == 1);
  CHECK(all[0].title == "mean of heads");
  CHECK(map_of(all[0]).panels_per_row == 3);
  CHECK(map_of(all[0]).panels[5].title == "layer 5");
  CHECK(map_of(all[0]).grid_rows.empty());
}

TEST_CASE("A picture of one head is named by its place in the file") {
  HeatmapOptions options;
  options.scope = PictureScope::head;
  const auto each = pictures(small_stack().selected({1}, {0, 2}, std::nullopt), options);
  REQUIRE(each.size() == 2);
  CHECK(each[1].layer == 1);
  CHECK(std::get<std::int64_t>(each[1].head) == 2);
  CHECK(map_of(each[1]).panels[0].title == "layer 1, head 2");
  const auto fused = pictures(small_stack().selected({0}, {0, 1, 2}, Fuse::max), options);
  REQUIRE(fused.size() == 1);
  CHECK(map_of(fused[0]).panels[0].title == "layer 0, max of heads");
}

TEST_CASE("A logarithmic scale begins at a power of ten") {
  HeatmapOptions options;
  options.color_scale = ColorScale::logarithmic;
  CHECK(map_of(pictures(small_stack(), options)[0]).low == doctest::Approx(0.1));
  const Attention tiny({Tensor::from(std::vector<double>{1e-30, 1, 3e-4, 1}, {1, 2, 2})});
  CHECK(map_of(pictures(tiny, options)[0]).low == doctest::Approx(1e-5));
}

TEST_CASE("From 60 tokens on the colours end where 99 of 100 weights above zero do") {
  HeatmapOptions options;
  const HeatMap few = map_of(pictures(causal_stack(59), options)[0]);
  CHECK(few.high == 1);
  const auto many = pictures(causal_stack(100), options);
  // 5,050 weights, of which the 1 + 2 + … + 9 largest are 1, 1/2, … 1/9, then ten are 1/10.
  CHECK(map_of(many[0]).high == doctest::Approx(0.1));
  CHECK(map_of(many[0]).largest == 1);
  CHECK(many[0].details.at(1) == "the colours end at percentile 99 of the weights above 0");
  options.percentile = 100;
  CHECK(map_of(pictures(causal_stack(100), options)[0]).high == 1);
  options.percentile.reset();
  options.color_scale = ColorScale::logarithmic;
  CHECK(map_of(pictures(causal_stack(100), options)[0]).high == 1);
}

TEST_CASE("A percentile that is none is refused before anything is read") {
  HeatmapOptions options;
  for (const double percentile : {0.0, -1.0, 100.5}) {
    options.percentile = percentile;
    CHECK_THROWS_AS(check_options(options), ArgumentError);
  }
  options.percentile = 100.5;
  CHECK_THROWS_WITH_AS(check_options(options),
                       "$clip: is 100.5, expected a percentile above 0 and up to 100",
                       ArgumentError);
}

TEST_CASE("What is ahead of a causal query is masked, a weight of zero is not") {
  const Attention causal(
      {Tensor::from(std::vector<double>{1, 0, 0, 0, 1, 0, .5, 0, .5}, {1, 3, 3})});
  const HeatMap map = map_of(pictures(causal, {})[0]);
  const std::vector<bool> masked{false, true, true, false, false, true, false, false, false};
  for (std::size_t i = 0; i < 9; ++i) CHECK(std::isnan(map.panels[0].values[i]) == masked[i]);
  // The last two of four tokens ask.
  const Attention last({Tensor::from(std::vector<double>{.5, 0, .5, 0, .5, .5, 0, 0}, {1, 2, 4})});
  const HeatMap late = map_of(pictures(last, {})[0]);
  CHECK(std::isnan(late.panels[0].values[3]));
  CHECK(late.panels[0].values[1] == 0);
  CHECK(late.panels[0].values[7] == 0);
}

TEST_CASE("The sums of columns are what each key receives") {
  HeatmapOptions options;
  options.sums = true;
  const HeatMap map = map_of(pictures(small_stack(), options)[0]);
  CHECK(map.panels[4].column_sums == std::vector<double>{0.5, 1.5});
  CHECK(map_of(pictures(small_stack(), {})[0]).panels[4].column_sums.empty());
}

TEST_CASE("Without tokens a picture has no labels") {
  CHECK(map_of(pictures(small_stack({}), {})[0]).row_labels.empty());
}

TEST_CASE("Numbers are left out of large pictures, with a note") {
  const Attention large({Tensor::from(std::vector<double>(65 * 65, 1.0 / 65), {1, 65, 65})});
  HeatmapOptions options;
  options.annotate = true;
  PictureSink sink;
  heatmap_report(large, options, sink);
  CHECK_FALSE(map_of(sink.pictures.at(0)).annotate);
  CHECK(sink.notes ==
        std::vector<std::string>{"numbers are left out of pictures of more than 64 tokens"});
}

TEST_CASE("A target's row is a picture over the patches behind the tokens in front") {
  // [CLS] and 2 x 2 patches; each query q attends with (q + k) / 10 to key k.
  std::vector<double> weights;
  for (int q = 0; q < 5; ++q) {
    for (int k = 0; k < 5; ++k) weights.push_back((q + k) / 10.0);
  }
  const Attention stack({Tensor::from(weights, {1, 5, 5})});
  HeatmapOptions options;
  options.target = "1";
  options.patches.image = "bytes of an image";
  const auto all = pictures(stack, options);
  REQUIRE(all.size() == 1);
  const HeatMap& map = map_of(all[0]);
  CHECK(map.rows == 2);
  CHECK(map.columns == 2);
  CHECK(all[0].title == "token 1 attends to");
  REQUIRE(map.panels.size() == 1);
  CHECK(map.panels[0].values == std::vector<float>{0.2f, 0.3f, 0.4f, 0.5f});
  CHECK(map.image == "bytes of an image");
}

TEST_CASE("A target's row that fills no grid says what to give") {
  HeatmapOptions options;
  options.target = "0";
  CHECK_THROWS_WITH_AS(pictures(small_stack(), options),
                       "$grid: 2 tokens are no square of patches behind 0 or 1 others",
                       ArgumentError);
}

TEST_CASE("matrices with too many cells for one picture are refused before they are looked at") {
  PictureSink sink;
  MatrixPicture picture(sink, "all");
  MatrixSeries series;
  series.shape = {1, 5000, 5000};
  series.place_columns = {{"layer", ColumnType::integer}};
  picture.begin_matrices(series);
  MatrixView rows;
  CHECK_THROWS_WITH_AS(picture.matrix({std::int64_t{0}}, rows),
                       "one picture of all these matrices has over 20 million cells", LimitError);
}
