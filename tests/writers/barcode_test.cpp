#include <doctest/doctest.h>

#include "pictures.hpp"

namespace attngraph {
namespace {

Barcode two_kinds() {
  return {"distance", {"H0: parts", "H1: loops"}, {{"", {{0, 0, .25}, {0, 0, 1}, {1, .5, .75}}}}};
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != text.npos; at += part.size()) ++found;
  return found;
}

}  // namespace

TEST_CASE("A barcode has an axis from 0 to 1, and a colour for each kind") {
  const std::string svg = written_picture("svg", two_kinds());
  CHECK(clashes(svg) == "");
  for (const std::string text : {"distance", "0.25", "1", "H0: parts", "H1: loops"}) {
    CAPTURE(text);
    CHECK(contains(svg, ">" + text + "</text>"));
  }
  CHECK(count(svg, "#2a6fb0") == 3);  // in the legend, too
  CHECK(count(svg, "#d95f02") == 2);
  CHECK(contains(svg, "H1: loops, 0.5 to 0.75"));
}

TEST_CASE("Several barcodes stand side by side, each with its title") {
  Barcode barcode = two_kinds();
  barcode.panels.front().title = "L0 H0";
  for (int head = 1; head < 12; ++head) {
    barcode.panels.push_back({"L0 H" + std::to_string(head), {}});
    for (int i = 0; i < 300; ++i) barcode.panels.back().bars.push_back({0, 0, .003 * i});
  }
  const std::string svg = written_picture("svg", barcode);
  CHECK(clashes(svg) == "");
  CHECK(contains(svg, ">L0 H11</text>"));
}

TEST_CASE("A barcode without bars is drawn") {
  const std::string svg = written_picture("svg", Barcode{"distance", {"H0: parts"}, {{"", {}}}});
  CHECK(clashes(svg) == "");
}

TEST_CASE("In characters each bar of a barcode is as long as it lasts") {
  WriterSettings settings;
  settings.width = 60;
  CHECK(written_picture("chart", two_kinds(), settings) ==
        "length\n"
        "H0 from 0    0.25  ██████████▎\n"
        "H0 from 0       1  █████████████████████████████████████████\n"
        "H1 from 0.5  0.25  ██████████▎\n");
}

}  // namespace attngraph
