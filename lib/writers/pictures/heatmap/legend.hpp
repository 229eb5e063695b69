#pragma once

#include "writers/pictures/canvas/canvas.hpp"

namespace attngraph {

struct HeatMap;
struct HeatmapLayout;
class SvgCanvas;

/// Masked cells, in a colour that the colours of small weights are not mistaken for.
Rgb masked_color(const HeatMap& map);

/// What the legend takes across. @param scale_height of the colour scale
double legend_width(const HeatMap& map, double scale_height);

/// What its lines below the colour scale take.
double legend_lines_height(const HeatMap& map);

/// The colour scale with its name and numbers, and what else is to be known of a cell.
void draw_legend(const HeatMap& map, const HeatmapLayout& layout, SvgCanvas& canvas);

}  // namespace attngraph
