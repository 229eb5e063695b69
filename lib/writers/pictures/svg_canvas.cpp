#include "writers/pictures/svg_canvas.hpp"

#include <fmt/format.h>

#include <iterator>

#include "writers/pictures/xml_text.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_rectangles = 2500;

std::string base64(const std::string& bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t k) {
      return i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u;
    };
    const unsigned bits = byte(0) << 16 | byte(1) << 8 | byte(2);
    out += digits[bits >> 18];
    out += digits[bits >> 12 & 63];
    out += i + 1 < bytes.size() ? digits[bits >> 6 & 63] : '=';
    out += i + 2 < bytes.size() ? digits[bits & 63] : '=';
  }
  return out;
}

const char* anchor_name(Anchor anchor) {
  switch (anchor) {
    case Anchor::start:
      return "start";
    case Anchor::middle:
      return "middle";
    case Anchor::end:
      return "end";
  }
  return "start";
}

}  // namespace

SvgCanvas::SvgCanvas(double width, double height, const std::string& title) {
  text_ = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
      "width=\"{0:g}\" height=\"{1:g}\" viewBox=\"0 0 {0:g} {1:g}\" "
      "font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\">\n<title>",
      width, height);
  append_xml_text(text_, title);
  text_ += "</title>\n";
  rectangle(0, 0, width, height, {255, 255, 255});
}

void SvgCanvas::rectangle(double x, double y, double width, double height, Rgb color) {
  fmt::format_to(std::back_inserter(text_),
                 "<rect x=\"{:g}\" y=\"{:g}\" width=\"{:g}\" height=\"{:g}\" fill=\"{}\"/>\n", x, y,
                 width, height, hex_text(color));
}

void SvgCanvas::frame(double x, double y, double width, double height, Rgb color) {
  fmt::format_to(std::back_inserter(text_),
                 "<rect x=\"{:g}\" y=\"{:g}\" width=\"{:g}\" height=\"{:g}\" fill=\"none\" "
                 "stroke=\"{}\"/>\n",
                 x - 0.5, y - 0.5, width + 1, height + 1, hex_text(color));
}

void SvgCanvas::text(double x, double y, const std::string& text, const TextStyle& style) {
  const double below_middle = 0.35 * style.size;  // from the middle of a line to its baseline
  fmt::format_to(std::back_inserter(text_),
                 "<text x=\"{:g}\" y=\"{:g}\" font-size=\"{:g}\" text-anchor=\"{}\" fill=\"{}\" "
                 "xml:space=\"preserve\"",
                 style.upward ? x + below_middle : x, style.upward ? y : y + below_middle,
                 style.size, anchor_name(style.anchor), hex_text(style.color));
  if (style.upward) {
    fmt::format_to(std::back_inserter(text_), " transform=\"rotate(-90 {:g} {:g})\"",
                   x + below_middle, y);
  }
  text_ += ">";
  append_xml_text(text_, text);
  text_ += "</text>\n";
}

void SvgCanvas::cells(double x, double y, double width, double height, const Image& cells) {
  if (cells.pixels.size() > most_rectangles) {
    fmt::format_to(std::back_inserter(text_),
                   "<image x=\"{:g}\" y=\"{:g}\" width=\"{:g}\" height=\"{:g}\" "
                   "preserveAspectRatio=\"none\" image-rendering=\"pixelated\" "
                   "style=\"image-rendering:optimizeSpeed;image-rendering:pixelated\" "
                   "xlink:href=\"data:image/png;base64,",
                   x, y, width, height);
    text_ += base64(png_bytes(cells));
    text_ += "\"/>\n";
    return;
  }
  text_ += "<g shape-rendering=\"crispEdges\">\n";
  const double cell_width = width / static_cast<double>(cells.width);
  const double cell_height = height / static_cast<double>(cells.height);
  for (std::size_t i = 0; i < cells.pixels.size(); ++i) {
    rectangle(x + static_cast<double>(i % cells.width) * cell_width,
              y + static_cast<double>(i / cells.width) * cell_height, cell_width, cell_height,
              cells.pixels[i]);
  }
  text_ += "</g>\n";
}

}  // namespace attngraph
