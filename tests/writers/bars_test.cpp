#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "pictures.hpp"
#include "writers/pictures/picture_text.hpp"

using namespace attngraph;

namespace {

/// Values of tokens with hostile labels, the first the largest.
Bars hostile_bars(std::size_t tokens, std::size_t groups) {
  Bars bars;
  bars.text = true;
  for (std::size_t i = 0; i < tokens; ++i) {
    bars.labels.push_back(hostile_labels[i % hostile_labels.size()]);
  }
  for (std::size_t g = 0; g < groups; ++g) {
    BarGroup group{groups > 1 ? "layer " + std::to_string(g) : "", "rollout", {}};
    for (std::size_t i = 0; i < tokens; ++i) {
      group.values.push_back(1 / static_cast<double>(i + g + 1));
    }
    bars.groups.push_back(group);
  }
  return bars;
}

std::string chart_of(const Bars& bars, const WriterSettings& settings) {
  class Silence : public Messages {
    void note(const std::string&) override {}
    void progress(std::size_t, std::size_t) override {}
  } silence;
  Picture picture;
  picture.title = "centrality";
  picture.details = {"layer 2"};
  picture.content = bars;
  return picture_text(picture, settings, silence);
}

}  // namespace

TEST_CASE("No text of bars lies on another or over an edge") {
  for (const std::size_t tokens : {1, 17, 100}) {
    for (const std::size_t groups : {1, 2, 12}) {
      CAPTURE(tokens);
      CAPTURE(groups);
      CHECK(clashes(written_picture("svg", hostile_bars(tokens, groups))) == "");
    }
  }
}

TEST_CASE("Of many tokens the largest have a bar, and the picture says so") {
  const std::string svg = written_picture("svg", hostile_bars(200, 1));
  CHECK(contains(svg, "bars of the 60 largest of 200 tokens"));
  CHECK(contains(svg, ">0.0167</text>"));        // 1 / 60
  CHECK_FALSE(contains(svg, ">0.0164</text>"));  // 1 / 61
}

TEST_CASE("A bar without a value is left out") {
  Bars bars{{"a", "b"}, false, {{"", "x", {2, std::numeric_limits<double>::quiet_NaN()}}}};
  const std::string svg = written_picture("svg", bars);
  CHECK(contains(svg, ">2</text>"));
  CHECK(contains(svg, ">b</text>"));
  CHECK_FALSE(contains(svg, "nan"));
}

TEST_CASE("In characters a bar is as long as its value, to an eighth of a column") {
  WriterSettings settings;
  settings.width = 31;
  settings.table_rows = 3;
  const Bars bars{{"[CLS]", "漢字", "c", "d"}, false, {{"", "pagerank", {1, .5, .0625, 0}}}};
  CHECK(chart_of(bars, settings) ==
        "centrality: pagerank, layer 2\n"
        "[CLS]       1  ████████████████\n"
        "漢字      0.5  ████████\n"
        "c      0.0625  █\n"
        "… 4 bars in all ($rows all shows them)\n");
}

TEST_CASE("Groups in characters say what they are") {
  WriterSettings settings;
  settings.width = 32;
  const Bars bars{{"a"}, false, {{"head 0", "pagerank", {1}}, {"head 0", "hub", {.5}}}};
  CHECK(chart_of(bars, settings) ==
        "centrality, layer 2\n\nhead 0: pagerank\n"
        "a    1  ████████████████████████\n\nhead 0: hub\n"
        "a  0.5  ████████████████████████\n");
}

TEST_CASE("Curves in characters are bars, a group for each") {
  Curves curves{"kept", "lost", {}};
  curves.curves = {{"layer 0", {0.5, 1}, {0.25, 0}, std::size_t{0}},
                   {"layer 1", {0.5, 1}, {0.5, 0}, std::size_t{0}}};
  WriterSettings settings;
  settings.width = 40;
  const std::string text = written_picture("table", curves, settings);
  CHECK(contains(text, "layer 0: lost"));
  CHECK(contains(text, "kept 0.5  0.25"));
  CHECK(contains(text, "layer 1: lost"));
  CHECK(contains(text, "kept 0.5  0.5"));
}

TEST_CASE("Curves have axes of shares, a legend and a dot where something is asked for") {
  Curves curves{"kept", "lost", {}};
  for (int layer = 0; layer < 12; ++layer) {
    curves.curves.push_back({"layer " + std::to_string(layer),
                             {.1, .5, 1},
                             {.3 / (layer + 1), .1 / (layer + 1), 0},
                             layer == 0 ? std::size_t{2} : std::size_t{0}});
  }
  const std::string svg = written_picture("svg", curves);
  CHECK(clashes(svg) == "");
  for (const std::string text : {"kept", "lost", "0.4", "layer 0", "layer 11"}) {
    CAPTURE(text);
    CHECK(contains(svg, ">" + text + "</text>"));
  }
  CHECK(contains(svg, "<circle"));
  CHECK(contains(svg, "layer 0: kept 0.5, lost 0.1"));
}

TEST_CASE("A curve of one point is a dot, as there is no line to see") {
  const std::string svg =
      written_picture("svg", Curves{"kept", "lost", {{"layer 0", {1}, {.5}, 0}}});
  CHECK(contains(svg, "<circle"));
}

TEST_CASE("Bars of values below zero go to the other side of a line") {
  WriterSettings settings;
  settings.width = 24;
  const Bars bars{{"a", "b", "c", "d"},
                  false,
                  {{"", "z", {-2, 4, -1, std::numeric_limits<double>::quiet_NaN()}}}};
  CHECK(chart_of(bars, settings) ==
        "centrality: z, layer 2\n"
        "a  -2  █████│\n"
        "b   4       │███████████\n"
        "c  -1    ▐██│\n"
        "d           │\n");
  const Bars below{{"a", "b"}, false, {{"", "z", {-2, -1}}}};
  CHECK(chart_of(below, settings) ==
        "centrality: z, layer 2\n"
        "a  -2  ████████████████│\n"
        "b  -1          ████████│\n");
  const std::string svg = written_picture("svg", bars);
  CHECK(contains(svg, ">a: z -2</title>"));
  CHECK(contains(svg, ">c: z -1</title>"));
  CHECK(clashes(svg) == "");
}
