#include "writers/pictures/bars/bars_terminal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string_view>

#include "core/text/number_text.hpp"
#include "core/text/text.hpp"
#include "core/text/wrapped_text.hpp"
#include "report/answer/picture.hpp"
#include "writers/pictures/bars/shown_bars.hpp"
#include "writers/shown_token.hpp"

namespace attngraph {
namespace {

constexpr std::size_t label_columns = 24;
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

/// A bar on one of two sides of a line at 0: below it to half a column, as characters have it.
std::string bar_beside_zero(double value, const BarScale& scale, std::size_t columns) {
  const auto room = static_cast<double>(columns - 1);
  const auto left =
      std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(scale.zero() * room)));
  if (value > 0) {
    const double share = value / scale.largest();
    return std::string(left, ' ') + "│" + bar(std::min(share, 1.0), columns - 1 - left);
  }
  const double share = std::isfinite(value) ? value / scale.low : 0;
  const auto halves =
      static_cast<std::size_t>(std::lround(std::min(share, 1.0) * static_cast<double>(2 * left)));
  std::string text((2 * left - halves) / 2, ' ');
  if (halves % 2 == 1) text += "▐";
  for (std::size_t i = 0; i < halves / 2; ++i) text += "█";
  return text + "│";
}

class BarLines {
 public:
  BarLines(const Bars& bars, const WriterSettings& settings) : bars_(bars), settings_(settings) {
    const std::size_t room = settings.width > 2 * label_columns
                                 ? std::max(label_columns, settings.width / 5 * 2)
                                 : fewest_columns;
    for (const std::string& label : bars.labels) {
      labels_.push_back(shown_token(label, room));
      label_width_ = std::max(label_width_, display_width(labels_.back()));
    }
    for (const BarGroup& group : bars.groups) {
      for (const double value : group.values) {
        number_width_ = std::max(number_width_, number(value).size());
      }
    }
    const std::size_t taken = label_width_ + number_width_ + 4;
    bar_width_ = settings.width > taken + fewest_columns ? settings.width - taken : fewest_columns;
  }

  void append(const BarGroup& group, std::string& out) const {
    const BarScale scale = scale_of(bars_, group);
    const std::size_t count = labels_.size();
    const std::size_t shown = std::min(count, settings_.table_rows.value_or(count));
    for (std::size_t i = 0; i < shown; ++i) {
      const double value = group.values[i];
      const std::string text = number(value);
      std::string line = labels_[i] +
                         std::string(label_width_ - display_width(labels_[i]) + 2, ' ') +
                         std::string(number_width_ - text.size(), ' ') + text + "  ";
      line += scale.has_two_sides() ? bar_beside_zero(value, scale, bar_width_)
                                    : bar(scale.length(value), bar_width_);
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
  std::size_t number_width_ = 0;
  std::size_t bar_width_ = 0;

  static std::string number(double value) {
    return std::isfinite(value) ? rounded_text(value, significant_digits) : "";
  }
};

}  // namespace

std::string bars_terminal(const Picture& picture, const Bars& bars,
                          const WriterSettings& settings) {
  std::string title = picture.title;
  // Several groups say it each.
  const bool single = bars.groups.size() == 1;
  if (single && title.find(bars.groups.front().value_name) == title.npos) {
    title += (title.empty() ? "" : ": ") + bars.groups.front().value_name;
  }
  for (const std::string& detail : picture.details) {
    if (!detail.empty()) title += ", " + detail;
  }
  std::string out;
  for (const std::string& line : wrapped_text(visible_text(title), settings.width)) {
    out += line + "\n";
  }
  const BarLines lines(bars, settings);
  for (const BarGroup& group : bars.groups) {
    std::string heading = group.title;
    if (!single) heading += (heading.empty() ? "" : ": ") + group.value_name;
    if (!heading.empty()) out += "\n" + visible_text(heading) + "\n";
    lines.append(group, out);
  }
  return out;
}

}  // namespace attngraph
