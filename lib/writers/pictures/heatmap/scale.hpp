#pragma once

#include <string>
#include <utility>
#include <vector>

namespace attngraph {

struct HeatMap;

/// Where `value` stands on the colour scale, from 0 to 1.
double color_share(const HeatMap& map, double value);

/// Values with their texts to write beside the colour scale: both ends, and between them round
/// numbers, or powers of ten where it is logarithmic.
/// @param distance of two texts at least, as a share of the scale
std::vector<std::pair<double, std::string>> scale_ticks(const HeatMap& map, double distance);

}  // namespace attngraph
