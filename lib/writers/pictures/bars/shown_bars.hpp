#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace attngraph {

struct Bars;
struct BarGroup;

/// Tokens that have a bar, in reading order: all, or those whose values in the first group are the
/// largest.
std::vector<std::size_t> shown_bars(const Bars& bars, std::size_t most);

/// The largest value of the groups that have this one's scale; 1 where there is none above 0.
double scale_of(const Bars& bars, const BarGroup& group);

/// A value beside its bar; empty where there is none.
std::string bar_text(double value);

}  // namespace attngraph
