#include <doctest/doctest.h>
#include <png.h>

#include <cstring>

#include "core/error.hpp"
#include "report/answer/picture.hpp"
#include "writers/pictures/axis.hpp"
#include "writers/pictures/color_map.hpp"
#include "writers/pictures/image.hpp"
#include "writers/pictures/rendering.hpp"
#include "written.hpp"

using namespace attngraph;

namespace {

Picture two_by_two() {
  Picture picture;
  picture.rows = picture.columns = 2;
  picture.panels = {{"head 0", {1.0f, 0.0f, 0.25f, 0.75f}}};
  return picture;
}

std::string written_picture(std::string_view format, const Picture& picture,
                            const WriterSettings& settings = {}) {
  return written(
      format, [&](Writer& writer) { writer.picture(picture); }, settings);
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// The pixels of a PNG file, read back by libpng's simple interface.
Image read_back(const std::string& file) {
  png_image header;
  std::memset(&header, 0, sizeof header);
  header.version = PNG_IMAGE_VERSION;
  REQUIRE(png_image_begin_read_from_memory(&header, file.data(), file.size()) != 0);
  header.format = PNG_FORMAT_RGB;
  Image image(header.width, header.height);
  REQUIRE(png_image_finish_read(&header, nullptr, image.pixels.data(), 0, nullptr) != 0);
  return image;
}

}  // namespace

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
  Picture picture = two_by_two();
  CHECK(color_share(picture, 0.25) == 0.25);
  CHECK(color_share(picture, 7) == 1);
  picture.scale = ColorScale::logarithmic;
  picture.low = 1e-4;
  CHECK(color_share(picture, 1e-2) == doctest::Approx(0.5));
  CHECK(color_share(picture, 0) == 0);
  CHECK(color_share(picture, 1e-4) == 0);
  picture.low = picture.high = 0.5;
  CHECK(color_share(picture, 0.5) == 0);
}

TEST_CASE("Labels are thinned until they do not touch") {
  CHECK(label_step(20, 24, 12) == 1);
  CHECK(label_step(40, 11, 12) == 2);
  CHECK(label_step(400, 1, 12) == 20);
  CHECK(label_step(4000, 0.1, 12) == 200);
  const std::vector<std::string> labels{"the", "a\nvery long token"};
  CHECK(axis_label(labels, 1, 1, 8) == "a\\nvery…");
  CHECK(axis_label(labels, 1, 2, 8) == "1");
  CHECK(axis_label({}, 1, 1, 8) == "1");
}

TEST_CASE("The colour scale has round numbers and both ends") {
  Picture picture = two_by_two();
  picture.high = 0.7;
  const auto texts = [&] {
    std::vector<std::string> list;
    for (const auto& [value, text] : scale_ticks(picture)) list.push_back(text);
    return list;
  };
  CHECK(texts() == std::vector<std::string>{"0", "0.7", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6"});
  picture.scale = ColorScale::logarithmic;
  picture.low = 0.01;
  picture.high = 1;
  CHECK(texts() == std::vector<std::string>{"0.01", "1", "0.1"});
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

TEST_CASE("SVG has a rectangle for each of few cells, titles, axes and escaped labels") {
  Picture picture = two_by_two();
  picture.title = "layer 0";
  picture.column_labels = picture.row_labels = {"</s>", "say \"&\""};
  picture.annotate = true;
  const std::string svg = written_picture("svg", picture);
  CHECK(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
  CHECK(svg.ends_with("</svg>\n"));
  CHECK(contains(svg, "fill=\"#440154\""));
  CHECK(contains(svg, "fill=\"#fde725\""));
  for (const std::string text : {"layer 0", "head 0", "Query", "Key", "&lt;/s&gt;",
                                 "say &quot;&amp;&quot;", "0.25", "1.00"}) {
    CAPTURE(text);
    CHECK(contains(svg, ">" + text + "</text>"));
  }
  CHECK_FALSE(contains(svg, "<image"));
}

TEST_CASE("SVG of many cells holds them as an image") {
  Picture picture;
  picture.rows = picture.columns = 100;
  picture.panels = {{"head 0", std::vector<float>(10000, 0.5f)}};
  const std::string svg = written_picture("svg", picture);
  CHECK(contains(svg, "xlink:href=\"data:image/png;base64,iVBORw0KGgo"));
  CHECK(svg.size() < 20000);
}

TEST_CASE("A PNG file gives its pixels back") {
  Image image(3, 2);
  image.at(0, 0) = {1, 2, 3};
  image.at(2, 1) = {250, 128, 7};
  const Image back = read_back(png_bytes(image));
  CHECK(back.width == 3);
  CHECK(back.height == 2);
  CHECK(back.pixels == image.pixels);
}

TEST_CASE("A PNG heat map shows each entry in its colour, in rows from the top") {
  const Image image = read_back(written_picture("png", two_by_two()));
  const ColorMap map("viridis");
  // The first pixel of the largest value is the top left corner of the matrix.
  std::size_t at = 0;
  while (image.pixels[at] != map(1)) ++at;
  const std::size_t x = at % image.width;
  const std::size_t y = at / image.width;
  const std::size_t cell = 80;  // 40 units of two pixels
  CHECK(image.pixels[(y + 5) * image.width + x + cell + 5] == map(0));
  CHECK(image.pixels[(y + cell + 5) * image.width + x + 5] == map(0.25));
  CHECK(image.pixels[(y + cell + 5) * image.width + x + cell + 5] == map(0.75));
}

TEST_CASE("A picture is as wide as is asked for") {
  WriterSettings settings;
  for (const std::size_t width : {100, 777, 3000}) {
    settings.picture_width = width;
    const std::string svg = written_picture("svg", two_by_two(), settings);
    CHECK(contains(svg, " width=\"" + std::to_string(width) + "\""));
    CHECK(read_back(written_picture("png", two_by_two(), settings)).width == width);
  }
  settings.picture_width = 960;  // at 96 an inch, in points
  CHECK(contains(written_picture("pdf", two_by_two(), settings), "/MediaBox [ 0 0 720 "));
}

TEST_CASE("PDF is vectors without a date, the same bytes each time") {
  const std::string pdf = written_picture("pdf", two_by_two());
  CHECK(pdf.starts_with("%PDF-"));
  CHECK_FALSE(contains(pdf, "CreationDate"));
  CHECK(pdf == written_picture("pdf", two_by_two()));
  CHECK(written_picture("png", two_by_two()) == written_picture("png", two_by_two()));
}

TEST_CASE("A PNG file beyond what can be drawn is a limit") {
  WriterSettings settings;
  settings.picture_width = 40'000;
  CHECK_THROWS_AS(written_picture("png", two_by_two(), settings), LimitError);
}

TEST_CASE("What cannot be rendered is an error with a way out") {
  CHECK_THROWS_AS(png_of_svg("<svg", Sharpness::doubled), IoError);
  std::string hint;
  try {
    pdf_of_svg("<svg");
  } catch (const IoError& error) {
    hint = error.hint();
  }
  CHECK(hint == "write SVG in place of pdf: $out x.svg");
}

TEST_CASE("In a terminal without colours entries are shades, two columns each") {
  Picture picture = two_by_two();
  picture.row_labels = picture.column_labels = {"the", "\x1b[31mx"};
  CHECK(written_picture("table", picture) ==
        "head 0\n"
        "      the  ██  \n"
        "\\x1b[31mx  ░░▓▓\n"
        "           0 1\n"
        "0    ░░░░░▒▒▒▒▓▓▓▓▓███ 1; rows: Query, columns: Key\n");
}

TEST_CASE("In a terminal with colours entries are coloured blanks") {
  WriterSettings settings;
  settings.color = Color::truecolor;
  const std::string text = written_picture("table", two_by_two(), settings);
  CHECK(text.starts_with("head 0\n0  \x1b[48;2;253;231;37m  \x1b[48;2;68;1;84m  \x1b[0m\n"));
}

TEST_CASE("A matrix wider than the terminal is shown by the largest of blocks") {
  Picture picture;
  picture.rows = picture.columns = 100;
  picture.panels = {{"head 0", std::vector<float>(10000, 0.0f)}};
  picture.panels[0].values[9999] = 1.0f;
  WriterSettings settings;
  settings.width = 44;
  const std::string text = written_picture("table", picture, settings);
  CHECK(contains(text, "a cell is the largest of 5 x 5"));
  CHECK(contains(text, "95  " + std::string(38, ' ') + "██\n"));
}

TEST_CASE("Numbers stand in the cells of a terminal where there is room") {
  Picture picture = two_by_two();
  picture.annotate = true;
  CHECK(contains(written_picture("table", picture), "1   0.25  0.75 \n"));
}

TEST_CASE("Formats of rows and arrays refuse a picture") {
  for (const auto format : {"csv", "json", "npy", "dot"}) {
    CHECK_THROWS_AS(written_picture(format, two_by_two()), ArgumentError);
  }
}
