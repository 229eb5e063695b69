#include "report/questions/heatmap.hpp"

#include <doctest/doctest.h>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "recorded_sink.hpp"

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

}  // namespace

TEST_CASE("One picture has layers below each other and heads side by side") {
  const auto all = pictures(small_stack(), {});
  REQUIRE(all.size() == 1);
  const Picture& picture = all[0];
  CHECK(picture.rows == 2);
  CHECK(picture.columns == 2);
  CHECK(picture.panels_per_row == 3);
  REQUIRE(picture.panels.size() == 6);
  CHECK(picture.panels[4].title == "layer 1, head 1");
  CHECK(picture.panels[4].values == std::vector<float>{0.5f, 0.5f, 0.0f, 1.0f});
  CHECK(picture.row_labels == std::vector<std::string>{"the", "cat"});
  CHECK(picture.low == 0);
  CHECK(picture.high == 1);
}

TEST_CASE("A picture of one layer is a nearly square grid under the layer's name") {
  HeatmapOptions options;
  options.scope = PictureScope::layer;
  const auto each = pictures(small_stack(), options);
  REQUIRE(each.size() == 2);
  CHECK(each[1].title == "layer 1");
  CHECK(each[1].layer == 1);
  CHECK(each[1].panels_per_row == 2);
  CHECK(each[1].panels[2].title == "head 2");
}

TEST_CASE("A picture of one head is named by its place in the file") {
  HeatmapOptions options;
  options.scope = PictureScope::head;
  const auto each = pictures(small_stack().selected({1}, {0, 2}, std::nullopt), options);
  REQUIRE(each.size() == 2);
  CHECK(each[1].layer == 1);
  CHECK(std::get<std::int64_t>(each[1].head) == 2);
  CHECK(each[1].panels[0].title == "layer 1, head 2");
  const auto fused = pictures(small_stack().selected({0}, {0, 1, 2}, Fuse::max), options);
  REQUIRE(fused.size() == 1);
  CHECK(fused[0].panels[0].title == "layer 0, max of heads");
}

TEST_CASE("A logarithmic scale begins at a power of ten") {
  HeatmapOptions options;
  options.color_scale = ColorScale::logarithmic;
  CHECK(pictures(small_stack(), options)[0].low == doctest::Approx(0.1));
  const Attention tiny({Tensor::from(std::vector<double>{1e-30, 1, 3e-4, 1}, {1, 2, 2})});
  CHECK(pictures(tiny, options)[0].low == doctest::Approx(1e-5));
}

TEST_CASE("Without tokens a picture has no labels") {
  CHECK(pictures(small_stack({}), {})[0].row_labels.empty());
}

TEST_CASE("Numbers are left out of large pictures, with a note") {
  const Attention large({Tensor::from(std::vector<double>(65 * 65, 1.0 / 65), {1, 65, 65})});
  HeatmapOptions options;
  options.annotate = true;
  PictureSink sink;
  heatmap_report(large, options, sink);
  CHECK_FALSE(sink.pictures.at(0).annotate);
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
  const auto all = pictures(stack, options);
  REQUIRE(all.size() == 1);
  CHECK(all[0].rows == 2);
  CHECK(all[0].columns == 2);
  CHECK(all[0].title == "token 1 attends to");
  REQUIRE(all[0].panels.size() == 1);
  CHECK(all[0].panels[0].values == std::vector<float>{0.2f, 0.3f, 0.4f, 0.5f});
}

TEST_CASE("A target's row that fills no grid says what to give") {
  HeatmapOptions options;
  options.target = "0";
  CHECK_THROWS_WITH_AS(pictures(small_stack(), options),
                       "$grid: 2 tokens are no square of patches behind 0 or 1 others",
                       ArgumentError);
}
