#include "writers/pictures/bars/bars_drawing.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "core/text/text.hpp"
#include "report/answer/picture.hpp"
#include "writers/pictures/bars/shaded_text.hpp"
#include "writers/pictures/bars/shown_bars.hpp"
#include "writers/pictures/canvas/header.hpp"
#include "writers/pictures/canvas/svg_canvas.hpp"
#include "writers/shown_token.hpp"

namespace attngraph {
namespace {

constexpr double margin = 8;
constexpr double usual_width = 640;
constexpr double narrowest_group = 140;
constexpr double row = 15;
constexpr double font = 10;
constexpr double number_width = 52;
constexpr double group_gap = 16;
constexpr std::size_t label_columns = 40;
constexpr std::size_t most_bars = 60;
/// Texts of more groups would be a page of their own.
constexpr std::size_t most_texts = 3;
constexpr Rgb bar_color{0x2a, 0x6f, 0xb0};
constexpr Rgb faint{0x55, 0x55, 0x55};
constexpr Rgb line_color{0xcc, 0xcc, 0xcc};

class BarsDrawing {
 public:
  BarsDrawing(const Picture& picture, const Bars& bars, const std::string& source)
      : bars_(bars), shown_(shown_bars(bars, most_bars)) {
    for (const std::size_t i : shown_) {
      left_ = std::max(left_, text_length(label(i), font));
    }
    left_ += 2 * margin;
    const auto groups = static_cast<double>(bars.groups.size());
    group_width_ = std::max(narrowest_group, (usual_width - left_) / groups - group_gap);
    width_ = left_ + groups * (group_width_ + group_gap) + margin;
    std::vector<std::string> details = picture.details;
    if (shown_.size() < bars.labels.size()) {
      details.push_back("bars of the " + std::to_string(shown_.size()) + " largest of " +
                        std::to_string(bars.labels.size()) + " tokens");
    }
    details.push_back(source);
    header_ = header_of(picture.title, details, width_);
  }

  std::string svg(std::size_t width) {
    const bool text = bars_.text && bars_.groups.size() <= most_texts;
    const ShadedText shaded(bars_.labels, width_ - 2 * margin);
    const double text_height = text ? shaded.height() + title_height() + margin : 0;
    const double texts = text_height * static_cast<double>(bars_.groups.size());
    const double top = header_.height() + margin + texts;
    const double height =
        top + title_height() + title_line + row * static_cast<double>(shown_.size()) + 2 * margin;
    SvgCanvas canvas(width_, height, header_.title);
    header_.draw(canvas);
    for (std::size_t g = 0; g < bars_.groups.size(); ++g) {
      const BarGroup& group = bars_.groups[g];
      if (text) {
        const double y = header_.height() + margin + text_height * static_cast<double>(g);
        draw_title(group.title, margin, y, canvas);
        shaded.draw(group.values, scale_of(bars_, group).largest(), group.value_name, margin,
                    y + title_height(), canvas);
      }
      draw_group(group, left_ + (group_width_ + group_gap) * static_cast<double>(g), top, canvas);
    }
    draw_labels(top + title_height() + title_line, canvas);
    return canvas.file(width);
  }

 private:
  static constexpr double title_line = 18;

  const Bars& bars_;
  std::vector<std::size_t> shown_;
  Header header_;
  double left_ = 0;
  double group_width_ = 0;
  double width_ = 0;

  std::string label(std::size_t i) const { return shown_token(bars_.labels[i], label_columns); }
  bool has_titles() const {
    return std::any_of(bars_.groups.begin(), bars_.groups.end(),
                       [](const BarGroup& group) { return !group.title.empty(); });
  }
  double title_height() const { return has_titles() ? title_line : 0; }

  void draw_title(const std::string& title, double x, double y, SvgCanvas& canvas) const {
    if (!title.empty()) canvas.text(x, y + title_line / 2, title, {.size = font, .color = faint});
  }

  void draw_labels(double y, SvgCanvas& canvas) const {
    for (std::size_t i = 0; i < shown_.size(); ++i) {
      canvas.text(left_ - margin, y + row * (static_cast<double>(i) + 0.5), label(shown_[i]),
                  {.size = font, .anchor = Anchor::end});
    }
  }

  void draw_group(const BarGroup& group, double x, double y, SvgCanvas& canvas) const {
    const auto letters = static_cast<std::size_t>(group_width_ / (0.6 * font));
    draw_title(shown_label(group.title, letters), x, y, canvas);
    canvas.text(x, y + title_height() + title_line / 2, shown_label(group.value_name, letters),
                {.size = font, .bold = true});
    const double top = y + title_height() + title_line;
    const BarScale scale = scale_of(bars_, group);
    const double room = group_width_ - number_width, zero = x + scale.zero() * room;
    const double end = top + row * static_cast<double>(shown_.size());
    canvas.path(Path().move_to(zero, top).line_to(zero, end), {.line = line_color});
    for (std::size_t i = 0; i < shown_.size(); ++i) {
      const double value = group.values[shown_[i]];
      const double length = scale.length(value) * room, begin = value < 0 ? zero - length : zero;
      const double middle = top + row * (static_cast<double>(i) + 0.5);
      if (length > 0) {
        canvas.box(begin, middle - row * 0.36, length, row * 0.72, 0,
                   {.fill = bar_color,
                    .tooltip = label(shown_[i]) + ": " + group.value_name + " " + bar_text(value)});
      }
      canvas.text(std::max(zero, begin + length) + 4, middle, bar_text(value),
                  {.size = font, .color = faint});
    }
  }
};

}  // namespace

std::string bars_svg(const Picture& picture, const Bars& bars, const PictureSettings& settings) {
  return BarsDrawing(picture, bars, settings.source).svg(settings.width);
}

}  // namespace attngraph
