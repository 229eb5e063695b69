#include "writers/pictures/graph/frame.hpp"

#include <algorithm>
#include <utility>

#include "core/text/text.hpp"
#include "core/text/wrapped_text.hpp"
#include "report/answer/drawing.hpp"
#include "writers/pictures/graph/legend.hpp"
#include "writers/pictures/graph/scene.hpp"
#include "writers/pictures/graph/shapes.hpp"

namespace attngraph {
namespace {

/// As the header has it, and room between things.
constexpr double margin = 8;
constexpr double title_size = 14;
constexpr double remark_size = 10;
constexpr double narrowest = 560;
constexpr std::size_t source_columns = 60;

}  // namespace

Frame::Frame(const Drawing& graph, const Scene& scene, const std::string& source)
    : scene_(scene), legend_(legend_of(graph, scene)) {
  header_.title = visible_text(graph.title);
  header_.title_lines = {header_.title};
  title_ =
      source.empty() ? header_.title : shown_label(source, source_columns) + ": " + header_.title;
  width_ = std::max(
      {scene.width + 2 * margin, narrowest, text_width(header_.title, title_size) + 2 * margin});
  const auto columns =
      static_cast<std::size_t>((width_ - 2 * margin) / text_width("x", remark_size));
  const auto add = [&](const std::string& text) {
    for (std::string& line : wrapped_text(text, columns)) header_.lines.push_back(std::move(line));
  };
  if (!source.empty()) add(visible_text(source));
  for (const auto* remarks : {&graph.remarks, &scene.remarks}) {
    for (const std::string& remark : *remarks) add(remark);
  }
  legend_height_ = arrange(legend_, width_ - 2 * margin);
}

double Frame::left() const { return (width_ - scene_.width) / 2; }

double Frame::top() const { return header_.height() + margin; }

double Frame::height() const { return top() + scene_.height + margin + legend_height_ + margin; }

void Frame::draw(SvgCanvas& canvas) const {
  header_.draw(canvas);
  canvas.begin_group("legend");
  for (const LegendEntry& entry : legend_) {
    draw_entry(entry, {margin, top() + scene_.height + margin}, canvas);
  }
  canvas.end_group();
}

}  // namespace attngraph
