#pragma once

#include <string>

#include "writers/writer.hpp"

namespace attngraph {

struct HeatMap;
struct Picture;

/// A heat map in characters, as wide as the terminal: two columns for each entry where there is
/// room; else half blocks in colour, or shades of several entries together, of which each shows
/// the largest.
std::string heatmap_terminal(const Picture& picture, const HeatMap& map,
                             const WriterSettings& settings);

/// Whether there is room for numbers in its cells.
bool numbers_fit(const HeatMap& map, const WriterSettings& settings);

}  // namespace attngraph
