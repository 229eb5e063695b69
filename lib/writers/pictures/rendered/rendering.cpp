#include "writers/pictures/rendered/rendering.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/process/program.hpp"

namespace attngraph {
namespace {

constexpr double most_pixels = 32767;  // on a side, of what the renderer draws on
constexpr double most_page = 1e6;      // on a side; the renderer does not end with letters so large
constexpr double most_doubled = 1e8;   // in all, of a picture that is enlarged

/// The renderer draws characters as outlines, which pictures in colours are not: asks for the
/// plain form of every emoji.
std::string with_plain_emoji(const std::string& svg) {
  std::string text;
  text.reserve(svg.size());
  for (std::size_t i = 0; i < svg.size(); ++i) {
    text += svg[i];
    const bool emoji = i >= 3 && svg.compare(i - 3, 2, "\xf0\x9f") == 0;  // U+1F000 … U+1FFFF
    if (emoji) text += "\uFE0E";
  }
  return text;
}

/// The renderer leaves out an image that it cannot read, or has no memory for, and says so in its
/// log alone, which comes in front of the picture: `could not load image "data:…": I/O error: …`.
std::string image_left_out(const std::string& output) {
  if (!output.starts_with("could not load image")) return "";
  const std::string line = output.substr(0, output.find('\n'));
  return "an image cannot be read" + line.substr(std::min(line.rfind("\": ") + 1, line.size()));
}

std::string rendered(const std::string& svg, const std::string& format, const std::string& zoom) {
  const ProgramCall call{
      {std::string(svg_renderer), "--unlimited", "--format", format, "--zoom", zoom},
      {"SOURCE_DATE_EPOCH=0", "RSVG_LOG=1"}};
  ProgramEnd end = run_program(call, with_plain_emoji(svg));
  const bool begins = end.output.starts_with(format == "png" ? "\x89PNG" : "%PDF-");
  if (end.status == 0 && begins) return std::move(end.output);
  const std::string left_out = image_left_out(end.output);
  const std::string message = left_out.empty() ? end.message : left_out;
  throw IoError(call.words.front(), "could not draw: " + (message.empty() ? "no message" : message),
                "write SVG in place of " + format + ": $out x.svg");
}

/// The number behind the first ` name="` of an SVG file of ours.
double attribute(const std::string& svg, const std::string& name) {
  const std::string before = " " + name + "=\"";
  const auto at = svg.find(before);
  return at == std::string::npos ? 0 : std::strtod(svg.c_str() + at + before.size(), nullptr);
}

double longer_side(const std::string& svg) {
  return std::max(attribute(svg, "width"), attribute(svg, "height"));
}

/// `wide` or `high`, whichever it is more.
std::string extent(const std::string& svg) {
  return attribute(svg, "width") < attribute(svg, "height") ? "high" : "wide";
}

}  // namespace

std::string png_of_svg(const std::string& svg, Sharpness sharpness) {
  const double side = longer_side(svg);
  if (side > most_pixels) {
    throw LimitError(
        "",
        "the picture is over 32,767 pixels " + extent(svg) + ", more than a PNG file here can be",
        "ask for less with $width, or write $out x.svg or x.pdf");
  }
  const double area = attribute(svg, "width") * attribute(svg, "height");
  const bool twice =
      sharpness == Sharpness::doubled && 2 * side <= most_pixels && 4 * area <= most_doubled;
  return rendered(svg, "png", twice ? "2" : "1");
}

std::string pdf_of_svg(const std::string& svg) {
  if (longer_side(svg) > most_page) {
    throw LimitError(
        "",
        "the picture is over a million pixels " + extent(svg) + ", more than a page of PDF can be",
        "ask for less with $width, or write $out x.svg");
  }
  std::string pdf = rendered(svg, "pdf", "1");
  const auto from = pdf.find("/CreationDate (");
  const auto to = from == std::string::npos ? from : pdf.find(')', from);
  if (to != std::string::npos) pdf.replace(from, to + 1 - from, to + 1 - from, ' ');
  return pdf;
}

}  // namespace attngraph
