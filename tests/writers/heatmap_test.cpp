#include <doctest/doctest.h>

#include <cmath>

#include "core/error.hpp"
#include "core/process/program.hpp"
#include "pictures.hpp"
#include "writers/pictures/canvas/color_map.hpp"

using namespace attngraph;

namespace {

/// `size` causal queries, with labels that break careless writers.
HeatMap hostile_map(std::size_t size) {
  HeatMap map;
  map.rows = map.columns = size;
  Panel panel{"layer 2, head 5", {}};
  for (std::size_t q = 0; q < size; ++q) {
    for (std::size_t k = 0; k < size; ++k) {
      panel.values.push_back(k <= q ? 1 / static_cast<float>(q + 1) : std::nanf(""));
    }
    const std::string& label = hostile_labels[q % hostile_labels.size()];
    map.row_labels.push_back(q % 5 == 0 ? "a_long_token_of_one_head_" + label : label);
  }
  map.column_labels = map.row_labels;
  map.panels = {panel};
  fit_range(map, 99);
  return map;
}

/// Elements of that name.
std::size_t count_of(const std::string& svg, const std::string& element) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = svg.find(element, at)) != std::string::npos; ++at) ++count;
  return count;
}

}  // namespace

TEST_CASE("An SVG file has its cells as an image, titles, axes, numbers and escaped labels") {
  HeatMap map = two_by_two();
  map.column_labels = map.row_labels = {"</s>", "say \"&\""};
  map.annotate = true;
  Picture picture;
  picture.title = "a long title";
  picture.details = {"what was left out"};
  picture.content = map;
  const std::string svg = written("svg", [&](Writer& writer) {
    writer.begin_input("dir/<file>.npy");
    writer.picture(picture);
  });
  CHECK(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
  CHECK(svg.ends_with("</svg>\n"));
  CHECK(contains(svg, "<title>a long title, head 0</title>"));
  for (const std::string text :
       {"a long title, head 0", "dir/&lt;file&gt;.npy · what was left out", "weight", "Query",
        "Key", "&lt;/s&gt;", "say &quot;&amp;&quot;", "0.25", "1.00"}) {
    CAPTURE(text);
    CHECK(contains(svg, ">" + text + "</text>"));
  }
  CHECK(count_of(svg, "<image") == 2);  // the cells, the colours of the legend
  CHECK_FALSE(contains(svg, "masked"));
}

TEST_CASE("Many cells are a small file") {
  HeatMap map;
  map.rows = map.columns = 512;
  Panel panel{"head 0", std::vector<float>(512 * 512)};
  for (std::size_t i = 0; i < panel.values.size(); ++i) {
    panel.values[i] = static_cast<float>(i * 7919 % 1000) / 1000;
  }
  map.panels = {panel};
  CHECK(written_picture("svg", map).size() < 600'000);
}

TEST_CASE("A PNG heat map shows each entry in its colour, in rows from the top, with hard edges") {
  const Image image = read_back(written_picture("png", two_by_two()));
  const ColorMap map("viridis");
  // The first pixel of the largest value is the top left corner of the matrix.
  std::size_t at = 0;
  while (image.pixels[at] != map(1)) ++at;
  const std::size_t x = at % image.width;
  const std::size_t y = at / image.width;
  const std::size_t cell = 128;  // 64 units of two pixels
  for (const std::size_t inside : {std::size_t{3}, cell / 2, cell - 4}) {
    CHECK(image.pixels[(y + inside) * image.width + x + inside] == map(1));
    CHECK(image.pixels[(y + inside) * image.width + x + cell + inside] == map(0));
    CHECK(image.pixels[(y + cell + inside) * image.width + x + inside] == map(0.25));
    CHECK(image.pixels[(y + cell + inside) * image.width + x + cell + inside] == map(0.75));
  }
}

TEST_CASE("No text lies on another or over an edge, whatever the labels and however many") {
  for (const std::size_t size : {1, 3, 8, 17, 40, 60, 100, 200, 512}) {
    CAPTURE(size);
    HeatMap map = hostile_map(size);
    CHECK(clashes(written_picture("svg", map)) == "");
    WriterSettings narrow;
    narrow.picture_width = 500;
    CHECK(clashes(written_picture("svg", map, narrow)) == "");
    map.row_labels.clear();
    map.column_labels.clear();
    map.scale = ColorScale::logarithmic;
    fit_range(map);
    CHECK(clashes(written_picture("svg", map)) == "");
  }
}

TEST_CASE("No text lies on another in grids of heads, with and without sums") {
  for (const std::size_t size : {4, 17, 60}) {
    CAPTURE(size);
    HeatMap map = hostile_map(size);
    Panel panel = map.panels[0];
    panel.column_sums.assign(size, 1.5);
    map.panels.assign(12, panel);
    map.panels_per_row = 4;
    CHECK(clashes(written_picture("svg", map)) == "");
    map.grid_rows = {"layer 0", "layer 1", "layer 2"};
    map.grid_columns = {"head 0", "head 1", "head 2", "head 3"};
    const std::string svg = written_picture("svg", map);
    CHECK(clashes(svg) == "");
    CHECK(count_of(svg, ">head 3</text>") == 1);
    CHECK_FALSE(contains(svg, ">layer 2, head 5</text>"));
  }
}

TEST_CASE("Masked cells have a colour of their own, which the legend names") {
  const std::string svg = written_picture("svg", hostile_map(3));
  CHECK(contains(svg, ">masked</text>"));
  CHECK(contains(svg, "fill=\"#e4e4e4\""));
}

TEST_CASE("Signs in cells are explained") {
  HeatMap map = two_by_two();
  map.panels[0].texts = {"S", "", "B", ""};
  map.signs = {{"S", "sink"}, {"B", "broad"}};
  const std::string svg = written_picture("svg", map);
  CHECK(count_of(svg, ">S</text>") == 2);
  CHECK(contains(svg, ">broad</text>"));
}

TEST_CASE("A tree stands above the columns, each joint at its height") {
  HeatMap map = two_by_two();
  map.tree = {{0, 1, 0.5}};
  const std::string svg = written_picture("svg", map);
  CHECK(count_of(svg, "<path") == 1);
  CHECK(clashes(svg) == "");
}

TEST_CASE("An image lies under cells that let it through") {
  HeatMap map = two_by_two();
  map.image = std::string("\xff\xd8\xff", 3) + "jpeg";
  const std::string svg = written_picture("svg", map);
  const auto image = svg.find("xlink:href=\"data:image/jpeg;base64,/9j/anBlZw==\"");
  CHECK(image < svg.find("opacity=\"0.6\""));
}

TEST_CASE("A picture is rendered without a warning") {
  for (const char* format : {"png", "pdf"}) {
    const ProgramEnd end = run_program({{"rsvg-convert", "--unlimited", "--format", format}, {}},
                                       written_picture("svg", hostile_map(17)));
    CHECK(end.status == 0);
    CHECK(end.message.empty());
    CHECK(end.output.size() > 1000);
  }
}

TEST_CASE("Formats of rows and arrays refuse a picture") {
  for (const auto format : {"csv", "json", "npy", "dot"}) {
    CHECK_THROWS_AS(written_picture(format, two_by_two()), ArgumentError);
  }
}

TEST_CASE("A heat map of up to a million queries or keys is drawn, one of more is a limit") {
  HeatMap map = two_by_two();
  map.columns = 1;
  for (const std::size_t rows : {300'000, 1'000'000}) {
    map.rows = rows;
    map.panels[0].values.assign(rows, 1.0f);
    CHECK(contains(written_picture("svg", map), "data:image/png;base64,"));
  }
  map.rows = 1'000'001;
  map.panels[0].values.assign(map.rows, 1.0f);
  CHECK_THROWS_WITH_AS(written_picture("svg", map),
                       doctest::Contains("a heat map of 1000001 x 1 cells, expected at most "
                                         "1,000,000 queries and keys"),
                       LimitError);
}
