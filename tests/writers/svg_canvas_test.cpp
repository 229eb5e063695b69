#include "writers/pictures/canvas/svg_canvas.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace attngraph;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("Shapes are written with two decimals, and only with what they have") {
  SvgCanvas canvas(100, 50, "title");
  canvas.path(Path().move_to(0, 1.0 / 3).curve_to(1, 2, 3, 4, 5.5, -0.001).close(),
              {.line = Rgb{0x1f, 0x4e, 0x79}, .line_width = 1.25, .opacity = 0.5});
  canvas.circle(10, 20, 3, {.fill = Rgb{0, 0, 0}});
  canvas.box(1, 2, 3, 4, 5, {.line = Rgb{0, 0, 0}, .dashed = true});
  CHECK(contains(canvas.file(),
                 "<path d=\"M0 0.33C1 2 3 4 5.5 0Z\" fill=\"none\" stroke=\"#1f4e79\" "
                 "stroke-width=\"1.25\" opacity=\"0.5\"/>\n"
                 "<circle cx=\"10\" cy=\"20\" r=\"3\" fill=\"#000000\"/>\n"
                 "<rect x=\"1\" y=\"2\" width=\"3\" height=\"4\" rx=\"5\" fill=\"none\" "
                 "stroke=\"#000000\" stroke-width=\"1\" stroke-dasharray=\"3 3\"/>\n"));
}

TEST_CASE("A tooltip is text, whatever stands in it") {
  SvgCanvas canvas(100, 50, "title");
  canvas.begin_group("edges");
  canvas.circle(1, 2, 3, {.fill = Rgb{0, 0, 0}, .tooltip = "</title><script>"});
  canvas.end_group();
  CHECK(contains(canvas.file(),
                 "<g class=\"edges\">\n<circle cx=\"1\" cy=\"2\" r=\"3\" fill=\"#000000\"><title>"
                 "&lt;/title&gt;&lt;script&gt;</title></circle>\n</g>\n"));
}

TEST_CASE("Turned text turns around its place, with the middle of its line there") {
  SvgCanvas canvas(100, 50, "title");
  canvas.text(10, 20, "a", {.size = 10, .upward = true});
  canvas.text(10, 20, "b", {.size = 10, .turn = 180, .halo = true});
  CHECK(contains(canvas.file(), "x=\"13.5\" y=\"20\" font-size=\"10\" text-anchor=\"start\""));
  CHECK(contains(canvas.file(), "transform=\"rotate(-90 13.5 20)\""));
  CHECK(contains(canvas.file(), "x=\"10\" y=\"16.5\""));
  CHECK(contains(canvas.file(), "paint-order=\"stroke\""));
}
