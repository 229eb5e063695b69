#include "writers/pictures/drawing_writer.hpp"

#include "core/error.hpp"
#include "report/answer/drawing.hpp"
#include "writers/output/output.hpp"
#include "writers/pictures/exchange/dot_text.hpp"
#include "writers/pictures/exchange/graphml_text.hpp"
#include "writers/pictures/graph/graph_svg.hpp"
#include "writers/pictures/picture_svg.hpp"
#include "writers/pictures/rendered/missing_glyphs.hpp"
#include "writers/pictures/rendered/rendering.hpp"

namespace attngraph {
namespace {

constexpr std::size_t many_bytes = 10'000'000;
constexpr std::size_t most_bytes = std::size_t{1} << 30;

void note_missing(const std::string& svg, Messages& messages) {
  const std::string note = missing_glyphs(svg);
  if (!note.empty()) messages.note(note);
}

}  // namespace

void DrawingWriter::hold_drawing(std::string file) {
  if (file.size() > most_bytes && !settings_.large_drawings) {
    throw LimitError("",
                     "the drawing takes " + std::to_string(file.size()) +
                         " bytes, a program that shows it takes up to 1 GiB",
                     "draw fewer edges with $top-k, or write it all the same with $force");
  }
  if (file.size() > many_bytes) {
    messages().note("the drawing takes " + std::to_string(file.size() / 1'000'000) +
                    " MB, which is slow to show; $top-k and $threshold leave edges out, attngraph "
                    "heatmap shows all of them");
  }
  hold(std::move(file));
}

void DrawingWriter::finish() {
  if (file_.empty()) {
    throw ArgumentError("$format", "there is no graph or picture in this answer");
  }
  output_.write(finished(std::move(file_)));
}

void DotWriter::graph(const Drawing& graph) {
  count_one("graph");
  hold_drawing(dot_text(graph, std::nullopt));
}

void GraphmlWriter::graph(const Drawing& graph) {
  count_one("graph");
  hold(graphml_text(graph));
}

void SvgWriter::graph(const Drawing& graph) {
  count_one("graph");
  hold_drawing(graph_svg(graph, input(), settings().picture_width));
}

void SvgWriter::picture(const Picture& picture) {
  count_one("picture");
  hold_drawing(picture_svg(picture, {input(), settings().picture_width}));
}

std::string PngWriter::finished(std::string svg) {
  note_missing(svg, messages());
  return png_of_svg(svg, settings().picture_width == 0 ? Sharpness::doubled : Sharpness::as_it_is);
}

std::string PdfWriter::finished(std::string svg) {
  note_missing(svg, messages());
  return pdf_of_svg(svg);
}

}  // namespace attngraph
