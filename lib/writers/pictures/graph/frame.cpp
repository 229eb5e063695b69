#include "writers/pictures/graph/frame.hpp"

#include <algorithm>

#include "core/text.hpp"
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

/// The words of `text` in lines of so many columns.
std::vector<std::string> wrapped(const std::string& text, std::size_t columns) {
  std::vector<std::string> lines(1);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    if (!lines.back().empty() && display_width(lines.back()) + 1 + display_width(word) > columns) {
      lines.emplace_back();
    }
    if (!lines.back().empty()) lines.back() += ' ';
    lines.back() += word;
    begin = end + 1;
  }
  return lines;
}

}  // namespace

Frame::Frame(const Drawing& graph, const Scene& scene, const std::string& source)
    : scene_(scene), legend_(legend_of(graph, scene)) {
  header_.title = visible_text(graph.title);
  title_ =
      source.empty() ? header_.title : shown_label(source, source_columns) + ": " + header_.title;
  width_ = std::max(
      {scene.width + 2 * margin, narrowest, text_width(header_.title, title_size) + 2 * margin});
  const auto columns =
      static_cast<std::size_t>((width_ - 2 * margin) / text_width("x", remark_size));
  if (!source.empty()) header_.lines.push_back(shown_label(source, columns));
  for (const auto* remarks : {&graph.remarks, &scene.remarks}) {
    for (const std::string& remark : *remarks) {
      for (std::string& line : wrapped(remark, columns)) header_.lines.push_back(std::move(line));
    }
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
