#include "writers/pictures/drawing_writer.hpp"

#include "core/error.hpp"
#include "report/answer/drawn_graph.hpp"
#include "writers/output/output.hpp"
#include "writers/pictures/dot_text.hpp"
#include "writers/pictures/graphml_text.hpp"
#include "writers/pictures/graphviz.hpp"
#include "writers/pictures/heatmap_drawing.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 30;

}  // namespace

DrawingWriter::DrawingWriter(Format format, Output& output, const WriterSettings& settings,
                             Messages& messages)
    : LimitedWriter(format, messages), format_(format), output_(output), settings_(settings) {}

Form DrawingWriter::form() const {
  if (format_ == Format::graphml) return Form::whole_graph;
  return format_ == Format::png ? Form::picture : Form::drawing;
}

void DrawingWriter::hold(std::string file) {
  const bool drawing = format_ == Format::dot || format_ == Format::svg;
  if (drawing && file.size() > most_bytes && !settings_.large_drawings) {
    throw LimitError("",
                     "the drawing takes " + std::to_string(file.size()) +
                         " bytes, a program that shows it takes up to 1 GiB",
                     "draw fewer edges with $top-k, or write it all the same with $force");
  }
  file_ = std::move(file);
}

void DrawingWriter::graph(const DrawnGraph& graph) {
  count_one("graph");
  switch (format_) {
    case Format::graphml:
      return hold(graphml_text(graph));
    case Format::dot:
      return hold(dot_text(graph, std::nullopt));
    default:
      return hold(graphviz_drawing(dot_text(graph, settings_.label_width),
                                   std::string(format_name(format_))));
  }
}

void DrawingWriter::picture(const Picture& picture) {
  if (format_ != Format::svg && format_ != Format::png) return LimitedWriter::picture(picture);
  count_one("picture");
  hold(format_ == Format::svg ? heatmap_svg(picture, settings_.label_width)
                              : heatmap_png(picture, settings_.label_width));
}

void DrawingWriter::finish() {
  if (file_.empty()) {
    throw ArgumentError("$format", "there is no graph or picture in this answer");
  }
  output_.write(file_);
}

}  // namespace attngraph
