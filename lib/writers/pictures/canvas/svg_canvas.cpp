#include "writers/pictures/canvas/svg_canvas.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <numbers>

#include "writers/pictures/canvas/xml_text.hpp"

namespace attngraph {
namespace {

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

/// A length with at most two decimals.
std::string place(double value) {
  std::string text = fmt::format("{:.2f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

void append_tooltip(std::string& out, const std::string& tooltip) {
  if (tooltip.empty()) return;
  out += "<title>";
  append_xml_text(out, tooltip);
  out += "</title>";
}

}  // namespace

Path& Path::step(char command, std::initializer_list<double> numbers) {
  text_ += command;
  for (const double number : numbers) {
    if (text_.back() != command) text_ += ' ';
    text_ += place(number);
  }
  return *this;
}

SvgCanvas::SvgCanvas(double width, double height, const std::string& title)
    : width_(width), height_(height), title_(title) {
  rectangle(0, 0, width, height, {255, 255, 255});
}

std::string SvgCanvas::file(std::size_t width) const {
  const double shown = width > 0 ? static_cast<double>(width) : width_;
  std::string head = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
      "width=\"{:g}\" height=\"{:g}\" viewBox=\"0 0 {:g} {:g}\" "
      "font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\">\n<title>",
      shown, std::ceil(height_ * shown / width_), width_, height_);
  append_xml_text(head, title_);
  return head + "</title>\n" + text_ + "</svg>\n";
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
  if (text.empty()) return;
  const double below_middle = 0.35 * style.size;  // from the middle of a line to its baseline
  const double turn = style.upward ? -90 : style.turn;
  const double radians = turn * std::numbers::pi / 180;
  const double left = x - below_middle * std::sin(radians);
  const double baseline = y + below_middle * std::cos(radians);
  fmt::format_to(std::back_inserter(text_),
                 "<text x=\"{}\" y=\"{}\" font-size=\"{:g}\" text-anchor=\"{}\" fill=\"{}\" "
                 "xml:space=\"preserve\"",
                 place(left), place(baseline), style.size, anchor_name(style.anchor),
                 hex_text(style.color));
  if (style.bold) text_ += " font-weight=\"bold\"";
  if (style.opacity < 1) text_ += " opacity=\"" + place(style.opacity) + "\"";
  if (style.halo) text_ += " stroke=\"#ffffff\" stroke-width=\"3\" paint-order=\"stroke\"";
  if (turn != 0) {
    fmt::format_to(std::back_inserter(text_), " transform=\"rotate({:g} {} {})\"", turn,
                   place(left), place(baseline));
  }
  text_ += ">";
  append_tooltip(text_, style.tooltip);
  append_xml_text(text_, text);
  text_ += "</text>\n";
}

void SvgCanvas::finish_shape(const char* name, const ShapeStyle& style) {
  const auto color = [](const std::optional<Rgb>& c) { return c ? hex_text(*c) : "none"; };
  text_ += " fill=\"" + color(style.fill) + "\"";
  if (style.line) {
    text_ +=
        " stroke=\"" + color(style.line) + "\" stroke-width=\"" + place(style.line_width) + "\"";
  }
  if (style.dashed) text_ += " stroke-dasharray=\"3 3\"";
  if (style.opacity < 1) text_ += " opacity=\"" + place(style.opacity) + "\"";
  if (style.tooltip.empty()) {
    text_ += "/>\n";
    return;
  }
  text_ += ">";
  append_tooltip(text_, style.tooltip);
  text_ += std::string("</") + name + ">\n";
}

void SvgCanvas::box(double x, double y, double width, double height, double radius,
                    const ShapeStyle& style) {
  text_ += "<rect x=\"" + place(x) + "\" y=\"" + place(y) + "\" width=\"" + place(width) +
           "\" height=\"" + place(height) + "\" rx=\"" + place(radius) + "\"";
  finish_shape("rect", style);
}

void SvgCanvas::circle(double x, double y, double radius, const ShapeStyle& style) {
  text_ += "<circle cx=\"" + place(x) + "\" cy=\"" + place(y) + "\" r=\"" + place(radius) + "\"";
  finish_shape("circle", style);
}

void SvgCanvas::path(const Path& path, const ShapeStyle& style) {
  text_ += "<path d=\"" + path.text() + "\"";
  finish_shape("path", style);
}

void SvgCanvas::begin_group(const std::string& name, double opacity, const std::string& tooltip) {
  text_ += "<g class=\"";
  append_xml_text(text_, name);
  text_ += opacity < 1 ? "\" opacity=\"" + place(opacity) + "\">\n" : "\">\n";
  append_tooltip(text_, tooltip);
}

void SvgCanvas::image(double x, double y, double width, double height, const std::string& file,
                      double opacity) {
  const char* type = file.starts_with("\x89PNG") ? "png" : "jpeg";
  fmt::format_to(std::back_inserter(text_),
                 "<image x=\"{:g}\" y=\"{:g}\" width=\"{:g}\" height=\"{:g}\" "
                 "preserveAspectRatio=\"none\" ",
                 x, y, width, height);
  if (opacity < 1) text_ += "opacity=\"" + place(opacity) + "\" ";
  fmt::format_to(std::back_inserter(text_), "xlink:href=\"data:image/{};base64,", type);
  text_ += base64(file);
  text_ += "\"/>\n";
}

void SvgCanvas::cells(double x, double y, double width, double height, const Image& cells,
                      std::size_t enlarged, double opacity) {
  image(x, y, width, height, png_bytes(cells, enlarged), opacity);
}

}  // namespace attngraph
