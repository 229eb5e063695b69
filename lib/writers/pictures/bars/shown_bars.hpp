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

/// From where to where bars go: 0 is among it, as they begin there, and below it where values are.
struct BarScale {
  double low = 0;
  double high = 1;

  /// The share of the room that a bar takes, and that in front of which it begins.
  double length(double value) const;
  double zero() const { return -low / (high - low); }
  bool has_two_sides() const { return low < 0; }
  /// The largest value; 1 where none is above 0.
  double largest() const { return high > 0 ? high : 1; }
};

/// The scale of the groups that have this one's.
BarScale scale_of(const Bars& bars, const BarGroup& group);

/// A value beside its bar; empty where there is none.
std::string bar_text(double value);

}  // namespace attngraph
