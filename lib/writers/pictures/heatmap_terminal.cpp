#include "writers/pictures/heatmap_terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/number_text.hpp"
#include "core/text.hpp"
#include "report/answer/picture.hpp"
#include "writers/pictures/axis.hpp"
#include "writers/pictures/color_map.hpp"

namespace attngraph {
namespace {

constexpr std::size_t widest_label = 16;
constexpr std::size_t narrowest_map = 16;
constexpr std::size_t number_columns = 6;
constexpr std::array<std::string_view, 5> shades{" ", "░", "▒", "▓", "█"};

/// Entries of a panel together in blocks of `step` by `step`, of which each is the largest.
struct Blocks {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<double> values;

  Blocks(const Picture& picture, const Panel& panel, std::size_t step)
      : rows((picture.rows + step - 1) / step), columns((picture.columns + step - 1) / step) {
    values.assign(rows * columns, -HUGE_VAL);
    for (std::size_t i = 0; i < panel.values.size(); ++i) {
      double& value = values[i / picture.columns / step * columns + i % picture.columns / step];
      value = std::max(value, static_cast<double>(panel.values[i]));
    }
  }
};

/// Nearest of the 216 colours of the cube in a terminal's palette.
int palette_index(Rgb color) {
  const auto level = [](std::uint8_t channel) {
    return channel < 48 ? 0 : channel < 115 ? 1 : (channel - 35) / 40;
  };
  return 16 + 36 * level(color.red) + 6 * level(color.green) + level(color.blue);
}

class TerminalDrawing {
 public:
  TerminalDrawing(const Picture& picture, const WriterSettings& settings)
      : picture_(picture), colors_(settings.color), map_(picture.color_map) {
    const std::size_t longest = std::min(label_limit, widest_label);
    for (std::size_t i = 0; i < picture.rows; ++i) {
      const std::string label = axis_label(picture.row_labels, i, 1, longest);
      label_width_ = std::max(label_width_, display_width(label));
    }
    const std::size_t room =
        std::max(settings.width, label_width_ + 2 + narrowest_map) - label_width_ - 2;
    if (picture.annotate && number_columns * picture.columns <= room) {
      cell_columns_ = number_columns;
    } else if (2 * picture.columns > room && colors_ != Color::none) {
      half_blocks_ = true;
      cell_columns_ = 1;
    }
    step_ = (picture.columns * cell_columns_ + room - 1) / room;
  }

  bool has_numbers() const { return cell_columns_ == number_columns; }

  std::string text() {
    if (!picture_.title.empty()) out_ += visible_text(picture_.title) + "\n";
    for (const auto& panel : picture_.panels) append_panel(panel);
    append_scale();
    return std::move(out_);
  }

 private:
  const Picture& picture_;
  Color colors_;
  ColorMap map_;
  std::size_t label_width_ = 0;
  std::size_t cell_columns_ = 2;
  std::size_t step_ = 1;
  bool half_blocks_ = false;
  std::string out_;

  double share(double value) const { return color_share(picture_, value); }

  /// @param ground 38 for characters, 48 for what is behind them
  void append_color(int ground, Rgb color) {
    if (colors_ == Color::truecolor) {
      out_ += fmt::format("\x1b[{};2;{};{};{}m", ground, color.red, color.green, color.blue);
    } else {
      out_ += fmt::format("\x1b[{};5;{}m", ground, palette_index(color));
    }
  }

  void append_padded(const std::string& text, std::size_t width) {
    const std::size_t taken = display_width(text);
    if (width > taken) out_.append(width - taken, ' ');
    out_ += text;
  }

  void append_panel(const Panel& panel) {
    out_ += visible_text(panel.title) + "\n";
    const Blocks blocks(picture_, panel, step_);
    const bool named = step_ == 1 && !half_blocks_;
    for (std::size_t row = 0; row < blocks.rows; row += half_blocks_ ? 2 : 1) {
      const auto& labels = picture_.row_labels;
      append_padded(named ? axis_label(labels, row, 1, widest_label) : std::to_string(row * step_),
                    label_width_);
      out_ += "  ";
      for (std::size_t i = row * blocks.columns; i < (row + 1) * blocks.columns; ++i) {
        append_cell(blocks, i);
      }
      out_ += colors_ == Color::none ? "\n" : "\x1b[0m\n";
    }
    append_column_indices(blocks.columns);
  }

  void append_cell(const Blocks& blocks, std::size_t i) {
    const double value = blocks.values[i];
    const Rgb color = map_(share(value));
    if (half_blocks_) {
      const std::size_t below = i + blocks.columns;
      append_color(38, color);
      if (below < blocks.values.size()) {
        append_color(48, map_(share(blocks.values[below])));
      } else {
        out_ += "\x1b[49m";
      }
      out_ += "▀";
      return;
    }
    if (colors_ != Color::none) {
      append_color(48, color);
      if (cell_columns_ == number_columns) append_color(38, contrast_color(color));
    }
    if (cell_columns_ == number_columns) {
      out_ += fmt::format("{:>5} ", cell_text(value));
    } else if (colors_ != Color::none) {
      out_.append(cell_columns_, ' ');
    } else {
      out_ += shade_text(share(value));
    }
  }

  static std::string shade_text(double at) {
    const auto last = static_cast<double>(shades.size() - 1);
    const std::string_view shade = shades[static_cast<std::size_t>(std::lround(at * last))];
    return std::string(shade) + std::string(shade);
  }

  void append_column_indices(std::size_t columns) {
    const std::size_t widest = std::to_string(picture_.columns - 1).size() + 1;
    const std::size_t every =
        label_step(columns, static_cast<double>(cell_columns_), static_cast<double>(widest));
    std::string line(label_width_ + 2, ' ');
    for (std::size_t i = 0; i < columns; i += every) {
      line.resize(label_width_ + 2 + i * cell_columns_, ' ');
      line += std::to_string(i * step_);
    }
    out_ += line + "\n";
  }

  void append_scale() {
    constexpr std::size_t length = 20;
    out_ += rounded_text(picture_.low, 3) + " ";
    for (std::size_t i = 0; i < length; ++i) {
      const double at = static_cast<double>(i) / (length - 1);
      if (colors_ == Color::none) {
        out_ += shade_text(at).substr(0, shade_text(at).size() / 2);
      } else {
        append_color(48, map_(at));
        out_ += " ";
      }
    }
    out_ += (colors_ == Color::none ? " " : "\x1b[0m ") + rounded_text(picture_.high, 3);
    if (picture_.scale == ColorScale::logarithmic) out_ += ", logarithmic";
    out_ += "; rows: " + picture_.row_axis + ", columns: " + picture_.column_axis;
    if (step_ > 1) out_ += fmt::format("; a cell is the largest of {0} x {0}", step_);
    out_ += "\n";
  }
};

}  // namespace

std::string heatmap_terminal(const Picture& picture, const WriterSettings& settings) {
  return TerminalDrawing(picture, settings).text();
}

bool numbers_fit(const Picture& picture, const WriterSettings& settings) {
  return TerminalDrawing(picture, settings).has_numbers();
}

}  // namespace attngraph
