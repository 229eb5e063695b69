#include "writers/pictures/picture_text.hpp"

#include <variant>

#include "report/answer/picture.hpp"
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
};

}  // namespace

std::string picture_text(const Picture& picture, const WriterSettings& settings,
                         Messages& messages) {
  return std::visit(Write{picture, settings, messages}, picture.content);
}

}  // namespace attngraph
