#include "writers/pictures/picture_text.hpp"

#include <utility>
#include <variant>

#include "core/text/number_text.hpp"
#include "report/answer/picture.hpp"
#include "writers/pictures/bars/bars_terminal.hpp"
#include "writers/pictures/heatmap/heatmap_terminal.hpp"

namespace attngraph {
namespace {

struct Write {
  const Picture& picture;
  const WriterSettings& settings;
  Messages& messages;

  std::string operator()(const HeatMap& map) const {
    if (map.annotate && !numbers_fit(map, settings)) {
      messages.note(
          "$annotate: the numbers do not fit into so many columns; $width takes more, $out "
          "FILE.svg has room for them");
    }
    if (settings.color == Color::none && map.color_map != HeatMap().color_map) {
      messages.note("$colormap has no effect without colour; $color always gives it");
    }
    return heatmap_terminal(picture, map, settings);
  }
  std::string operator()(const Bars& bars) const { return bars_terminal(picture, bars, settings); }
  /// A group of bars for each curve, and a bar for each of its points.
  std::string operator()(const Curves& curves) const {
    std::string text;
    for (const ShareCurve& curve : curves.curves) {
      Bars bars;
      for (const double x : curve.x) {
        bars.labels.push_back(curves.x_axis + " " + rounded_text(x, 3));
      }
      bars.groups.push_back({"", curves.y_axis, curve.y});
      Picture one = picture;
      one.title = curve.name + ": " + curves.y_axis;
      text += (text.empty() ? "" : "\n") + bars_terminal(one, bars, settings);
    }
    return text;
  }
  /// A group for each panel, and a bar as long as each of it.
  std::string operator()(const Barcode& barcode) const {
    std::string text;
    for (const BarcodePanel& panel : barcode.panels) {
      Bars bars;
      BarGroup lengths{"", "length", {}};
      for (const auto& [kind, begin, end] : panel.bars) {
        const std::string& name = barcode.kinds[kind];
        bars.labels.push_back(name.substr(0, name.find(':')) + " from " + rounded_text(begin, 3));
        lengths.values.push_back(end - begin);
      }
      bars.groups.push_back(std::move(lengths));
      Picture one = picture;
      if (!panel.title.empty()) one.title += ", " + panel.title;
      text += (text.empty() ? "" : "\n") + bars_terminal(one, bars, settings);
    }
    return text;
  }
};

}  // namespace

std::string picture_text(const Picture& picture, const WriterSettings& settings,
                         Messages& messages) {
  return std::visit(Write{picture, settings, messages}, picture.content);
}

}  // namespace attngraph
