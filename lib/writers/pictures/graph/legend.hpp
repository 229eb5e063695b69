#pragma once

#include <string>
#include <vector>

#include "writers/pictures/graph/shapes.hpp"

namespace attngraph {

class SvgCanvas;
struct Drawing;
struct Scene;

/// A sign and what it means.
struct LegendEntry {
  enum class Sign { none, line, residual, route, box, ring } sign;
  /// Of the largest, for the width of a line or the fill of a box.
  double share;
  std::string text;
  Point place = {};

  double width() const;
};

std::vector<LegendEntry> legend_of(const Drawing& graph, const Scene& scene);

/// Places entries one behind the other in lines of this width. @returns the height of all lines
double arrange(std::vector<LegendEntry>& legend, double width);

void draw_entry(const LegendEntry& entry, Point origin, SvgCanvas& canvas);

}  // namespace attngraph
