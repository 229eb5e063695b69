#include "writers/pictures/bars/bars_terminal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string_view>

#include "core/number_text.hpp"
#include "core/text.hpp"
#include "report/answer/picture.hpp"
#include "writers/pictures/bars/shown_bars.hpp"

namespace attngraph {
namespace {

constexpr std::size_t label_columns = 24;
constexpr std::size_t number_columns = 9;
constexpr std::size_t fewest_columns = 8;
constexpr int significant_digits = 4;

/// A bar to an eighth of a column.
std::string bar(double share, std::size_t columns) {
  constexpr std::array<std::string_view, 8> parts{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const auto eighths =
      static_cast<std::size_t>(std::lround(share * static_cast<double>(8 * columns)));
  std::string text;
  for (std::size_t i = 0; i < eighths / 8; ++i) text += "█";
  return text + std::string(parts[eighths % 8]);
}

class BarLines {
 public:
  BarLines(const Bars& bars, const WriterSettings& settings) : bars_(bars), settings_(settings) {
    const std::size_t room = settings.width > 2 * label_columns ? label_columns : fewest_columns;
    for (const std::string& label : bars.labels) {
      labels_.push_back(shown_label(label, room));
      label_width_ = std::max(label_width_, display_width(labels_.back()));
    }
    const std::size_t taken = label_width_ + number_columns + 2;
    bar_width_ = settings.width > taken + fewest_columns ? settings.width - taken : fewest_columns;
  }

  void append(const BarGroup& group, std::string& out) const {
    const double largest = scale_of(bars_, group);
    const std::size_t count = labels_.size();
    const std::size_t shown = std::min(count, settings_.table_rows.value_or(count));
    for (std::size_t i = 0; i < shown; ++i) {
      const double value = group.values[i];
      const bool known = std::isfinite(value);
      const std::string number = known ? rounded_text(value, significant_digits) : "";
      const std::size_t blanks = std::max(number_columns, number.size() + 1) - number.size();
      std::string line = labels_[i] + std::string(label_width_ - display_width(labels_[i]), ' ') +
                         std::string(blanks, ' ') + number + "  ";
      line += bar(known ? std::clamp(value / largest, 0.0, 1.0) : 0, bar_width_);
      line.erase(line.find_last_not_of(' ') + 1);
      out += line + "\n";
    }
    if (shown < count) {
      out +=
          "… " + std::to_string(count) + settings_.wording(" bars in all ($rows all shows them)\n");
    }
  }

 private:
  const Bars& bars_;
  const WriterSettings& settings_;
  std::vector<std::string> labels_;
  std::size_t label_width_ = 0;
  std::size_t bar_width_ = 0;
};

}  // namespace

std::string bars_terminal(const Picture& picture, const Bars& bars,
                          const WriterSettings& settings) {
  std::string out = visible_text(picture.title);
  for (const std::string& detail : picture.details) {
    if (!detail.empty()) out += ", " + visible_text(detail);
  }
  out += "\n";
  const BarLines lines(bars, settings);
  for (const BarGroup& group : bars.groups) {
    std::string title = group.title;
    if (bars.groups.size() > 1) title += (title.empty() ? "" : ": ") + group.value_name;
    if (!title.empty()) out += "\n" + visible_text(title) + "\n";
    lines.append(group, out);
  }
  return out;
}

}  // namespace attngraph
