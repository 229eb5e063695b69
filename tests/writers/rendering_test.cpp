#include "writers/pictures/rendered/rendering.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

#include "core/error.hpp"
#include "pictures.hpp"
#include "writers/pictures/rendered/missing_glyphs.hpp"

using namespace attngraph;

TEST_CASE("A PNG file gives its pixels back") {
  Image image(3, 2);
  image.at(0, 0) = {1, 2, 3};
  image.at(2, 1) = {250, 128, 7};
  const Image back = read_back(png_bytes(image));
  CHECK(back.width == 3);
  CHECK(back.height == 2);
  CHECK(back.pixels == image.pixels);
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
  settings.picture_width = 2'000'000;
  CHECK_THROWS_AS(written_picture("pdf", two_by_two(), settings), LimitError);
}

TEST_CASE("A picture that would lack one of its images is not written") {
  const std::string svg =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
      "width=\"9\" height=\"9\"><image width=\"9\" height=\"9\" "
      "xlink:href=\"data:image/png;base64,iVBORw0KGgo=\"/></svg>";
  CHECK_THROWS_WITH_AS(png_of_svg(svg, Sharpness::as_it_is),
                       doctest::Contains("could not draw: an image cannot be read: "), IoError);
  CHECK_THROWS_AS(pdf_of_svg(svg), IoError);
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

TEST_CASE("A PNG file of few colours has a palette, and may be enlarged") {
  Image image(2, 1);
  image.at(0, 0) = {1, 2, 3};
  const Image back = read_back(png_bytes(image, 3));
  CHECK(back.width == 6);
  CHECK(back.height == 3);
  CHECK(back.pixels[2 * 6 + 2] == Rgb{1, 2, 3});
  CHECK(back.pixels[2 * 6 + 3] == Rgb{255, 255, 255});
  Image many(600, 1);
  for (std::size_t x = 0; x < 600; ++x)
    many.at(x, 0) = {0, std::uint8_t(x % 256), std::uint8_t(x / 256)};
  CHECK(read_back(png_bytes(many)).pixels == many.pixels);
}

TEST_CASE("Characters that no font has are named with a package") {
  CHECK(missing_glyphs("<svg>plain ASCII, ñ, Привет</svg>").empty());
  // A noncharacter of the plane of emoji: no font draws it.
  const std::string note = missing_glyphs("<text>\U0001FBFA</text>");
  CHECK(note ==
        "no font here has 1 of the characters, such as \U0001FBFA: they are boxes; the package "
        "fonts-symbola has fonts for them");
}

TEST_CASE("Ideographs that no font has are named with the package of theirs") {
  // Unassigned, the first among those of China, Japan and Korea: no font draws them.
  CHECK(missing_glyphs("<text>\U0002A6F0</text>").find("fonts-noto-cjk") != std::string::npos);
  CHECK(missing_glyphs("<text>\u0BFF</text>").find("fonts-noto-core") != std::string::npos);
}

TEST_CASE("Without a list of fonts nothing is said about them") {
  const std::string path = std::getenv("PATH");
  setenv("PATH", "/nowhere", 1);
  const std::string note = missing_glyphs("<text>\U0001FBFA</text>");
  setenv("PATH", path.c_str(), 1);
  CHECK(note.empty());
}
