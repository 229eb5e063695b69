#include "writers/pictures/heatmap/heatmap_terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include "core/text/number_text.hpp"
#include "core/text/text.hpp"
#include "core/text/wrapped_text.hpp"
#include "report/answer/picture.hpp"
#include "writers/pictures/heatmap/axis.hpp"
#include "writers/pictures/heatmap/scale.hpp"
#include "writers/pictures/heatmap/terminal_palette.hpp"
#include "writers/shown_token.hpp"

namespace attngraph {
namespace {

constexpr std::size_t widest_label = 16;
constexpr std::size_t highest_label = 10;
constexpr std::size_t narrowest_map = 16;
constexpr std::size_t number_columns = 6;
constexpr std::array<std::string_view, 5> shades{" ", "░", "▒", "▓", "█"};

/// Entries of a panel together in blocks of `step` by `step`, of which each is the largest; NaN
/// where all are masked.
struct Blocks {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<double> values;

  Blocks(const HeatMap& map, const Panel& panel, std::size_t step)
      : rows((map.rows + step - 1) / step), columns((map.columns + step - 1) / step) {
    values.assign(rows * columns, std::nan(""));
    for (std::size_t i = 0; i < panel.values.size(); ++i) {
      double& value = values[i / map.columns / step * columns + i % map.columns / step];
      value = std::fmax(value, static_cast<double>(panel.values[i]));
    }
  }
};

std::string padded(const std::string& text, std::size_t width) {
  const std::size_t taken = display_width(text);
  return std::string(width > taken ? width - taken : 0, ' ') + text;
}

class TerminalDrawing {
 public:
  TerminalDrawing(const HeatMap& map, const WriterSettings& settings)
      : map_(map),
        depth_(settings.color),
        colors_(map.color_map),
        palette_(colors_, depth_),
        width_(settings.width) {
    for (std::size_t i = 0; i < map.rows; ++i) {
      const std::string label = AxisNames{.labels = map.row_labels, .width = widest_label}.of(i);
      label_width_ = std::max(label_width_, display_width(label));
    }
    // Where rows stand closer than their names, they have an index.
    label_width_ = std::max(label_width_, std::to_string(map.rows - 1).size());
    const std::size_t room =
        std::max(settings.width, label_width_ + 2 + narrowest_map) - label_width_ - 2;
    if (map.annotate && number_columns * map.columns <= room) {
      cell_columns_ = number_columns;
    } else if (2 * map.columns > room && depth_ != Color::none) {
      half_blocks_ = true;
      cell_columns_ = 1;
    }
    step_ = (map.columns * cell_columns_ + room - 1) / room;
  }

  bool has_numbers() const { return cell_columns_ == number_columns; }

  std::string text(const std::string& title) {
    if (!title.empty()) {
      for (const auto& line : wrapped_text(visible_text(title), width_)) out_ += line + "\n";
    }
    for (const auto& panel : map_.panels) append_panel(panel);
    append_scale();
    return std::move(out_);
  }

 private:
  const HeatMap& map_;
  Color depth_;
  ColorMap colors_;
  TerminalPalette palette_;
  std::size_t width_ = 0;
  std::size_t label_width_ = 0;
  std::size_t cell_columns_ = 2;
  std::size_t step_ = 1;
  bool half_blocks_ = false;
  std::string out_;

  double share(double value) const { return color_share(map_, value); }

  void append_panel(const Panel& panel) {
    out_ += visible_text(panel.title) + "\n";
    const Blocks blocks(map_, panel, step_);
    const bool named = step_ == 1 && !half_blocks_;
    for (std::size_t row = 0; row < blocks.rows; row += half_blocks_ ? 2 : 1) {
      const std::string index = std::to_string(row * step_);
      out_ += padded(
          named ? AxisNames{.labels = map_.row_labels, .width = widest_label}.of(row) : index,
          label_width_);
      out_ += "  ";
      for (std::size_t column = 0; column < blocks.columns; ++column) {
        half_blocks_ ? append_half_blocks(blocks, row, column)
                     : append_cell(blocks.values[row * blocks.columns + column]);
      }
      out_ += depth_ == Color::none ? "\n" : "\x1b[0m\n";
    }
    if (named && !map_.column_labels.empty()) return append_column_labels();
    append_column_indices(blocks.columns);
  }

  /// Two entries above each other as one character.
  void append_half_blocks(const Blocks& blocks, std::size_t row, std::size_t column) {
    const std::size_t above = row * blocks.columns + column, below = above + blocks.columns;
    const double lower = below < blocks.values.size() ? blocks.values[below] : std::nan("");
    const double upper = blocks.values[above];
    if (std::isnan(upper) && std::isnan(lower)) {
      out_ += "\x1b[0m ";
    } else if (std::isnan(upper)) {
      out_ += "\x1b[49m" + palette_.ink(share(lower)) + "▄";
    } else {
      out_ += palette_.ink(share(upper));
      out_ += std::isnan(lower) ? "\x1b[49m" : palette_.ground(share(lower));
      out_ += "▀";
    }
  }

  void append_cell(double value) {
    if (std::isnan(value)) {
      if (depth_ != Color::none) out_ += "\x1b[0m";
      out_.append(cell_columns_, ' ');
      return;
    }
    out_ += palette_.ground(share(value));
    if (has_numbers()) {
      out_ += palette_.contrasting_ink(share(value)) + fmt::format("{:>5} ", cell_text(value));
    } else if (depth_ != Color::none) {
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

  /// Each label from the top to the bottom, below its column.
  void append_column_labels() {
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < map_.columns; ++i) {
      labels.push_back(shown_token(map_.column_labels[i], highest_label));
    }
    std::vector<std::string_view> left(labels.begin(), labels.end());
    const auto none_left = [](std::string_view label) { return label.empty(); };
    while (!std::all_of(left.begin(), left.end(), none_left)) {
      std::string line(label_width_ + 2, ' ');
      for (std::string_view& label : left) {
        std::size_t columns = 0;
        const std::string_view character = label.empty() ? label : take_cluster(label, columns);
        line += character;
        line.append(cell_columns_ - std::min(columns, cell_columns_), ' ');
      }
      line.erase(line.find_last_not_of(' ') + 1);
      out_ += line + "\n";
    }
  }

  void append_column_indices(std::size_t columns) {
    const std::size_t widest = std::to_string(map_.columns - 1).size() + 1;
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
    out_ += rounded_text(map_.low, 3) + " ";
    for (std::size_t i = 0; i < length; ++i) {
      const double at = static_cast<double>(i) / (length - 1);
      const std::string shade = shade_text(at);
      out_ += depth_ == Color::none ? shade.substr(0, shade.size() / 2) : palette_.ground(at) + " ";
    }
    out_ += (depth_ == Color::none ? " " : "\x1b[0m ");
    std::string said = rounded_text(map_.high, 3);
    if (map_.largest > map_.high) said += " and more, up to " + rounded_text(map_.largest, 3);
    if (map_.scale == ColorScale::logarithmic) said += ", logarithmic";
    said += "; rows: " + map_.row_axis + ", columns: " + map_.column_axis;
    if (step_ > 1) said += fmt::format("; a cell is the largest of {0} x {0}", step_);
    const std::size_t taken = rounded_text(map_.low, 3).size() + length + 2;
    const std::size_t room = std::max(width_, taken + narrowest_map) - taken;
    std::string begin;
    for (const std::string& line : wrapped_text(said, room)) {
      out_ += begin + line + "\n";
      begin = std::string(taken, ' ');
    }
  }
};

}  // namespace

std::string heatmap_terminal(const Picture& picture, const HeatMap& map,
                             const WriterSettings& settings) {
  return TerminalDrawing(map, settings).text(picture.title);
}

bool numbers_fit(const HeatMap& map, const WriterSettings& settings) {
  return TerminalDrawing(map, settings).has_numbers();
}

}  // namespace attngraph
