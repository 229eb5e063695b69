#pragma once

#include <doctest/doctest.h>
#include <png.h>

#include <cstdlib>
#include <cstring>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/text.hpp"
#include "report/answer/picture.hpp"
#include "writers/pictures/canvas/image.hpp"
#include "written.hpp"

namespace attngraph {

inline HeatMap two_by_two() {
  HeatMap map;
  map.rows = map.columns = 2;
  map.panels = {{"head 0", {1.0f, 0.0f, 0.25f, 0.75f}}};
  return map;
}

/// What the writer of `format` makes of a picture of this content.
template <typename Content>
std::string written_picture(std::string_view format, const Content& content,
                            const WriterSettings& settings = {}) {
  Picture picture;
  picture.content = content;
  return written(
      format, [&](Writer& writer) { writer.picture(picture); }, settings);
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// The pixels of a PNG file, read back by libpng's simple interface.
inline Image read_back(const std::string& file) {
  png_image header;
  std::memset(&header, 0, sizeof header);
  header.version = PNG_IMAGE_VERSION;
  REQUIRE(png_image_begin_read_from_memory(&header, file.data(), file.size()) != 0);
  header.format = PNG_FORMAT_RGB;
  Image image(header.width, header.height);
  REQUIRE(png_image_finish_read(&header, nullptr, image.pixels.data(), 0, nullptr) != 0);
  return image;
}

/// What a text of an SVG file of ours takes.
struct TextBox {
  std::string text;
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;

  bool meets(const TextBox& other) const {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
};

inline std::string plain_text(std::string text) {
  for (const auto& [name, character] : std::vector<std::pair<std::string, std::string>>{
           {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}}) {
    for (std::size_t at = 0; (at = text.find(name, at)) != std::string::npos; ++at) {
      text.replace(at, name.size(), character);
    }
  }
  return text;
}

/// The boxes of all its texts, level or upward.
inline std::vector<TextBox> text_boxes(const std::string& svg) {
  static const std::regex element(
      "<text x=\"([^\"]+)\" y=\"([^\"]+)\" font-size=\"([^\"]+)\" text-anchor=\"([^\"]+)\""
      "([^>]*)>([^<]*)</text>");
  std::vector<TextBox> boxes;
  for (std::sregex_iterator i(svg.begin(), svg.end(), element), end; i != end; ++i) {
    const double x = std::stod((*i)[1]), y = std::stod((*i)[2]), size = std::stod((*i)[3]);
    const std::string anchor = (*i)[4], rest = (*i)[5], text = plain_text((*i)[6]);
    const double length = 0.6 * size * static_cast<double>(display_width(text));
    const double from = anchor == "start" ? 0 : anchor == "middle" ? -length / 2 : -length;
    const double rise = 0.75 * size;  // of letters above the baseline
    if (rest.find("rotate(-90") != std::string::npos) {
      boxes.push_back({text, x - rise, y - from - length, x, y - from});
    } else {
      boxes.push_back({text, x + from, y - rise, x + from + length, y});
    }
  }
  return boxes;
}

/// `a / b` for every two texts that lie on each other, and `a` for one that lies over an edge.
inline std::string clashes(const std::string& svg) {
  std::string found;
  static const std::regex size("viewBox=\"0 0 ([^ ]+) ([^\"]+)\"");
  std::smatch match;
  REQUIRE(std::regex_search(svg, match, size));
  const double width = std::stod(match[1]), height = std::stod(match[2]);
  const std::vector<TextBox> boxes = text_boxes(svg);
  for (std::size_t a = 0; a < boxes.size(); ++a) {
    const TextBox& box = boxes[a];
    if (box.left < 0 || box.top < 0 || box.right > width || box.bottom > height) {
      found += box.text + "; ";
    }
    for (std::size_t b = a + 1; b < boxes.size(); ++b) {
      if (box.meets(boxes[b])) found += box.text + " / " + boxes[b].text + "; ";
    }
  }
  return found;
}

}  // namespace attngraph
