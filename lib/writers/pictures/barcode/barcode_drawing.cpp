#include "writers/pictures/barcode/barcode_drawing.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/text/number_text.hpp"
#include "report/answer/picture.hpp"
#include "writers/pictures/canvas/header.hpp"
#include "writers/pictures/canvas/svg_canvas.hpp"

namespace attngraph {
namespace {

constexpr double margin = 12, panel_gap = 28, legend_line = 18, title_line = 18, axis_height = 20;
constexpr double widest_panel = 560, narrowest_panel = 220, usual_width = 720;
/// A bar is as thick as lets a panel be so high, in these bounds.
constexpr double usual_height = 260, thinnest = 1.5, thickest = 9;
constexpr double font = 10;
constexpr int ticks = 4;
constexpr Rgb faint{0x55, 0x55, 0x55}, grid_color{0xdd, 0xdd, 0xdd};
constexpr std::array<Rgb, 2> kind_colors{Rgb{0x2a, 0x6f, 0xb0}, Rgb{0xd9, 0x5f, 0x02}};

class BarcodeDrawing {
 public:
  BarcodeDrawing(const Picture& picture, const Barcode& barcode, const std::string& source)
      : barcode_(barcode) {
    per_row_ = near_square(barcode.panels.size());
    std::size_t most = 1;
    for (const BarcodePanel& panel : barcode.panels) {
      most = std::max(most, panel.bars.size());
      has_titles_ = has_titles_ || !panel.title.empty();
    }
    line_ = std::clamp(usual_height / static_cast<double>(most), thinnest, thickest);
    panel_height_ = line_ * static_cast<double>(most);
    const auto columns = static_cast<double>(per_row_);
    panel_width_ = std::clamp(usual_width / columns - panel_gap, narrowest_panel, widest_panel);
    width_ = margin + columns * (panel_width_ + panel_gap);
    std::vector<std::string> details = picture.details;
    details.push_back(source);
    header_ = header_of(picture.title, details, width_);
  }

  std::string svg(std::size_t asked_width) const {
    const double top = header_.height() + legend_line + margin;
    const double step = title_height() + panel_height_ + axis_height + margin;
    const std::size_t rows = (barcode_.panels.size() + per_row_ - 1) / per_row_;
    SvgCanvas canvas(width_, top + step * static_cast<double>(rows) + axis_height, header_.title);
    header_.draw(canvas);
    draw_legend(canvas);
    for (std::size_t p = 0; p < barcode_.panels.size(); ++p) {
      const auto column = static_cast<double>(p % per_row_),
                 row = static_cast<double>(p / per_row_);
      draw_panel(barcode_.panels[p], margin + column * (panel_width_ + panel_gap), top + row * step,
                 canvas);
    }
    canvas.text(margin, top + step * static_cast<double>(rows) + axis_height / 2 - margin / 2,
                barcode_.axis, {.size = font, .color = faint});
    return canvas.file(asked_width);
  }

 private:
  const Barcode& barcode_;
  Header header_;
  bool has_titles_ = false;
  std::size_t per_row_ = 1;
  double line_ = 0;
  double panel_height_ = 0;
  double panel_width_ = 0;
  double width_ = 0;

  double title_height() const { return has_titles_ ? title_line : 0; }

  void draw_legend(SvgCanvas& canvas) const {
    const double y = header_.height() + legend_line / 2 + margin / 2;
    double x = margin;
    for (std::size_t kind = 0; kind < barcode_.kinds.size(); ++kind) {
      canvas.box(x, y - 3, 18, 6, 0, {.fill = kind_colors.at(kind)});
      canvas.text(x + 24, y, barcode_.kinds[kind], {.size = font});
      x += 24 + text_length(barcode_.kinds[kind], font) + 2 * margin;
    }
  }

  void draw_panel(const BarcodePanel& panel, double x, double y, SvgCanvas& canvas) const {
    if (has_titles_) canvas.text(x, y + title_line / 2, panel.title, {.size = font, .bold = true});
    y += title_height();
    for (int i = 0; i <= ticks; ++i) {
      const double share = static_cast<double>(i) / ticks, at = x + share * panel_width_;
      canvas.path(Path().move_to(at, y).line_to(at, y + panel_height_), {.line = grid_color});
      canvas.text(at, y + panel_height_ + 10, rounded_text(share, 3),
                  {.size = font, .anchor = Anchor::middle, .color = faint});
    }
    for (std::size_t i = 0; i < panel.bars.size(); ++i) {
      const auto& [kind, begin, end] = panel.bars[i];
      canvas.box(x + begin * panel_width_, y + line_ * (static_cast<double>(i) + 0.15),
                 std::max(0.5, (end - begin) * panel_width_), line_ * 0.7, 0,
                 {.fill = kind_colors.at(kind),
                  .tooltip = barcode_.kinds[kind] + ", " + rounded_text(begin, 4) + " to " +
                             rounded_text(end, 4)});
    }
  }
};

}  // namespace

std::string barcode_svg(const Picture& picture, const Barcode& barcode,
                        const PictureSettings& settings) {
  return BarcodeDrawing(picture, barcode, settings.source).svg(settings.width);
}

}  // namespace attngraph
