#include "writers/pictures/graph/legend.hpp"

#include <algorithm>

#include "core/text/number_text.hpp"
#include "report/answer/drawing.hpp"
#include "writers/pictures/canvas/svg_canvas.hpp"
#include "writers/pictures/graph/look.hpp"
#include "writers/pictures/graph/scene.hpp"

namespace attngraph {
namespace {

constexpr double line_height = 20;
constexpr double sign_width = 26;
constexpr double sign_gap = 6;
constexpr double between = 18;
constexpr int digits = 2;

}  // namespace

double LegendEntry::width() const {
  return (sign == Sign::none ? 0 : sign_width + sign_gap) + text_width(text, text_size);
}

std::vector<LegendEntry> legend_of(const Drawing& graph, const Scene& scene) {
  using Sign = LegendEntry::Sign;
  std::vector<LegendEntry> legend;
  if (!graph.edges.empty()) {
    legend.push_back({Sign::none, 0, scene.width_name + ":"});
    for (const double share : {1.0, 0.5, 0.1}) {
      legend.push_back({Sign::line, share, rounded_text(share * scene.largest_width, digits)});
    }
  }
  const bool layered = !graph.rank_names.empty();
  if (layered) legend.push_back({Sign::residual, 0, "a token to itself"});
  if (scene.largest_route > 0) {
    legend.push_back(
        {Sign::route, 1,
         "routes, the widest of probability " + rounded_text(scene.largest_route, digits)});
  }
  if (layered) legend.push_back({Sign::box, 1, "receives most in its row"});
  if (!layered && scene.largest_size > 0) {
    legend.push_back({Sign::none, 0, "attention received:"});
    legend.push_back({Sign::box, 0, "0"});
    legend.push_back({Sign::box, 1, rounded_text(scene.largest_size, digits)});
  }
  if (scene.rings) legend.push_back({Sign::ring, 1, "attention to itself"});
  return legend;
}

double arrange(std::vector<LegendEntry>& legend, double width) {
  Point place{0, 0};
  for (std::size_t i = 0; i < legend.size(); ++i) {
    LegendEntry& entry = legend[i];
    // A name stays with the signs that it is for.
    double needed = entry.width();
    for (std::size_t k = i + 1; entry.sign == LegendEntry::Sign::none && k < legend.size(); ++k) {
      if (legend[k].sign != legend[i + 1].sign) break;
      needed += between + legend[k].width();
    }
    if (place.x > 0 && place.x + needed > width) place = {0, place.y + line_height};
    entry.place = place;
    place.x += entry.width() + (entry.sign == LegendEntry::Sign::none ? sign_gap : between);
  }
  return legend.empty() ? 0 : place.y + line_height;
}

void draw_entry(const LegendEntry& entry, Point origin, SvgCanvas& canvas) {
  using Sign = LegendEntry::Sign;
  const double left = origin.x + entry.place.x;
  const double middle = origin.y + entry.place.y + line_height / 2;
  const bool line =
      entry.sign == Sign::line || entry.sign == Sign::residual || entry.sign == Sign::route;
  if (line) {
    const Rgb color = entry.sign == Sign::line    ? edge_color
                      : entry.sign == Sign::route ? route_color
                                                  : residual_color;
    canvas.path(
        Path().move_to(left, middle).line_to(left + sign_width, middle),
        {.line = color,
         .line_width = entry.sign == Sign::residual ? residual_width : line_width(entry.share),
         .opacity = entry.sign == Sign::line ? line_opacity(entry.share) : 1});
  } else if (entry.sign != Sign::none) {
    const bool ring = entry.sign == Sign::ring;
    canvas.box(left + 4, middle - 6, sign_width - 8, 12, 4,
               {.fill = fill_color(ring ? 0 : entry.share),
                .line = ring ? edge_color : outline_color,
                .line_width = ring ? 3.0 : 1.0});
  }
  canvas.text(left + (entry.sign == Sign::none ? 0 : sign_width + sign_gap), middle, entry.text,
              {.size = text_size, .color = faint_color});
}

}  // namespace attngraph
