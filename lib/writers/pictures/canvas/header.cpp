#include "writers/pictures/canvas/header.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "core/text/text.hpp"
#include "core/text/wrapped_text.hpp"
#include "writers/pictures/canvas/svg_canvas.hpp"

namespace attngraph {
namespace {

constexpr double title_size = 14;
constexpr double detail_size = 10;
constexpr double margin = 8;
constexpr double title_line = 20;
constexpr double detail_line = 14;
constexpr double column = 0.6;  // of the font height
constexpr Rgb faint{0x55, 0x55, 0x55};
constexpr const char* between = " · ";

std::size_t columns_in(double width, double size) {
  constexpr double fewest = 8;
  return static_cast<std::size_t>(std::max((width - 2 * margin) / (column * size), fewest));
}

}  // namespace

double text_length(const std::string& text, double size) {
  return column * size * static_cast<double>(display_width(text));
}

Header header_of(const std::string& title, const std::vector<std::string>& details, double width) {
  Header header;
  header.title = visible_text(title);
  if (!title.empty())
    header.title_lines = wrapped_text(header.title, columns_in(width, title_size));
  const std::size_t room = columns_in(width, detail_size);
  for (const std::string& detail : details) {
    if (detail.empty()) continue;
    const std::string text = visible_text(detail);
    const bool fits =
        !header.lines.empty() && display_width(header.lines.back() + between + text) <= room;
    if (fits) {
      header.lines.back() += between + text;
      continue;
    }
    for (std::string& line : wrapped_text(text, room)) header.lines.push_back(std::move(line));
  }
  return header;
}

double Header::height() const {
  return margin + title_line * static_cast<double>(title_lines.size()) +
         detail_line * static_cast<double>(lines.size());
}

void Header::draw(SvgCanvas& canvas) const {
  double y = margin;
  for (const std::string& line : title_lines) {
    canvas.text(margin, y + title_line / 2, line, {.size = title_size, .bold = true});
    y += title_line;
  }
  for (const std::string& line : lines) {
    canvas.text(margin, y + detail_line / 2, line, {.size = detail_size, .color = faint});
    y += detail_line;
  }
}

}  // namespace attngraph
