#include <doctest/doctest.h>

#include "core/error.hpp"
#include "pictures.hpp"
#include "writers/pictures/canvas/color_map.hpp"
#include "writers/pictures/heatmap/axis.hpp"
#include "writers/pictures/heatmap/scale.hpp"

using namespace attngraph;

TEST_CASE("Colour maps begin and end with their known colours") {
  CHECK(hex_text(ColorMap("viridis")(0)) == "#440154");
  CHECK(hex_text(ColorMap("viridis")(0.5)) == "#21918c");
  CHECK(hex_text(ColorMap("viridis")(1)) == "#fde725");
  CHECK(hex_text(ColorMap("cividis")(0)) == "#00224e");
  CHECK(hex_text(ColorMap("cividis")(1)) == "#fee838");
  CHECK(hex_text(ColorMap("gray")(0)) == "#ffffff");
  CHECK(hex_text(ColorMap("gray")(1)) == "#000000");
  CHECK(ColorMap("gray")(-3) == Rgb{255, 255, 255});
  CHECK_THROWS_AS(ColorMap("rainbow"), ArgumentError);
}

TEST_CASE("Colour maps change lightness in one direction") {
  for (const std::string name : {"viridis", "cividis", "gray"}) {
    const ColorMap map(name);
    const auto lightness = [&](double share) {
      const Rgb color = map(share);
      return 0.299 * color.red + 0.587 * color.green + 0.114 * color.blue;
    };
    const bool upwards = lightness(1) > lightness(0);
    for (int i = 0; i < 50; ++i) {
      const bool grows = lightness((i + 1) / 50.0) > lightness(i / 50.0);
      CHECK(grows == upwards);
    }
  }
}

TEST_CASE("Text stands out from its background") {
  CHECK(contrast_color({255, 255, 255}) == Rgb{0, 0, 0});
  CHECK(contrast_color({0x44, 0x01, 0x54}) == Rgb{255, 255, 255});
}

TEST_CASE("A value has its place on a linear or logarithmic scale") {
  HeatMap map = two_by_two();
  CHECK(color_share(map, 0.25) == 0.25);
  CHECK(color_share(map, 7) == 1);
  map.scale = ColorScale::logarithmic;
  map.low = 1e-4;
  CHECK(color_share(map, 1e-2) == doctest::Approx(0.5));
  CHECK(color_share(map, 0) == 0);
  CHECK(color_share(map, 1e-4) == 0);
  map.low = map.high = 0.5;
  CHECK(color_share(map, 0.5) == 0);
}

TEST_CASE("Labels are thinned until they do not touch") {
  CHECK(label_step(20, 24, 12) == 1);
  CHECK(label_step(40, 11, 12) == 2);
  CHECK(label_step(400, 1, 12) == 20);
  CHECK(label_step(4000, 0.1, 12) == 200);
  const std::vector<std::string> labels{"the", "a\nvery long token"};
  CHECK(AxisNames{.labels = labels, .width = 8}.of(1) == "a\\nv…ken");
  CHECK(AxisNames{.labels = labels, .step = 2}.of(1) == "1");
  CHECK(AxisNames{labels, Thinned::to_labels, 2}.of(0) == "the");
  CHECK(AxisNames{.labels = {}}.of(1) == "1");
}

TEST_CASE("The colour scale has round numbers and both ends") {
  HeatMap map = two_by_two();
  map.high = map.largest = 0.7;
  const auto texts = [&] {
    std::vector<std::string> list;
    for (const auto& [value, text] : scale_ticks(map, 0.08)) list.push_back(text);
    return list;
  };
  CHECK(texts() == std::vector<std::string>{"0", "0.7", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6"});
  map.scale = ColorScale::logarithmic;
  map.low = 0.01;
  map.high = 1;
  CHECK(texts() == std::vector<std::string>{"0.01", "1", "0.1"});
}

TEST_CASE(
    "Texts beside the colour scale keep their distance, and the end says that there is more") {
  HeatMap map = two_by_two();
  map.high = 0.663;  // 0.6 would touch it
  map.largest = 1;
  std::string texts;
  for (const auto& [value, text] : scale_ticks(map, 0.1)) texts += text + " ";
  CHECK(texts == "0 ≥ 0.663 0.1 0.2 0.3 0.4 0.5 ");
}

TEST_CASE("A number in a cell takes at most four characters") {
  CHECK(cell_text(0) == "0");
  CHECK(cell_text(0.7071) == "0.71");
  CHECK(cell_text(1) == "1.00");
  CHECK(cell_text(0.003) == "3e-3");
  CHECK(cell_text(9.99e-4) == "1e-3");
  CHECK(cell_text(12.34) == "12.3");
  CHECK(cell_text(1234) == "1234");
}
