#include "writers/pictures/barcode/barcode_terminal.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/number_text.hpp"
#include "core/text.hpp"
#include "report/answer/picture.hpp"

namespace attngraph {
namespace {

constexpr std::size_t fewest_columns = 8;
constexpr std::size_t number_columns = 8;
constexpr int significant_digits = 4;

/// The short name of a kind: what stands before the colon.
std::string short_name(const std::string& kind) { return kind.substr(0, kind.find(':')); }

std::string padded(const std::string& text) {
  return std::string(number_columns - std::min(number_columns, text.size()), ' ') + text;
}

std::string line_of(const BarcodeBar& bar, const std::string& kind, std::size_t columns) {
  const auto place = [&](double share) {
    return static_cast<std::size_t>(
        std::lround(std::clamp(share, 0.0, 1.0) * static_cast<double>(columns)));
  };
  const std::size_t begin = std::min(place(bar.begin), columns - 1);
  const std::size_t end = std::max(place(bar.end), begin + 1);
  std::string line = kind + padded(rounded_text(bar.begin, significant_digits)) +
                     padded(rounded_text(bar.end, significant_digits)) + "  " +
                     std::string(begin, ' ');
  for (std::size_t i = begin; i < end; ++i) line += "█";
  return line + "\n";
}

}  // namespace

std::string barcode_terminal(const Picture& picture, const Barcode& barcode,
                             const WriterSettings& settings) {
  std::string out = visible_text(picture.title);
  for (const std::string& detail : picture.details) {
    if (!detail.empty()) out += ", " + visible_text(detail);
  }
  out += "\n" + barcode.axis + ", 0 to 1\n";
  const std::size_t taken = short_name(barcode.kinds.front()).size() + 2 * number_columns + 2;
  const std::size_t columns = std::max(settings.width, taken + fewest_columns) - taken;
  for (const BarcodePanel& panel : barcode.panels) {
    out += "\n";
    if (!panel.title.empty()) out += visible_text(panel.title) + "\n";
    const std::size_t count = panel.bars.size();
    const std::size_t shown = std::min(count, settings.table_rows.value_or(count));
    for (std::size_t i = 0; i < shown; ++i) {
      const BarcodeBar& bar = panel.bars[i];
      out += line_of(bar, short_name(barcode.kinds[bar.kind]), columns);
    }
    if (shown < count) {
      out +=
          "… " + std::to_string(count) + settings.wording(" bars in all ($rows all shows them)\n");
    }
  }
  return out;
}

}  // namespace attngraph
