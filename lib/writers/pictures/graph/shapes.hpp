#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "writers/pictures/canvas/canvas.hpp"

namespace attngraph {

struct Point {
  double x = 0;
  double y = 0;

  Point operator+(Point other) const { return {x + other.x, y + other.y}; }
  Point operator-(Point other) const { return {x - other.x, y - other.y}; }
  Point operator*(double factor) const { return {factor * x, factor * y}; }
};

double length(Point vector);
/// Of length 1; to the right where `vector` is none.
Point direction_of(Point vector);

/// A cubic Bézier curve.
struct Curve {
  Point from;
  Point first;
  Point second;
  Point to;

  Point at(double share) const;
  /// Its end taken back by `by` along its last direction.
  Curve shortened(double by) const;
};

/// A straight line as a curve.
Curve straight(Point from, Point to);

/// An upright rectangle.
struct Box {
  double left = 0;
  double top = 0;
  double width = 0;
  double height = 0;

  double right() const { return left + width; }
  double bottom() const { return top + height; }
  Point middle() const { return {left + width / 2, top + height / 2}; }
  bool overlaps(const Box& other) const;
};

/// A text as it stands in a picture, on one line.
struct Label {
  std::string text;
  /// The middle of its line at its anchor.
  Point place;
  Anchor anchor = Anchor::middle;
  double size = 11;
  /// Degrees clockwise around `place`.
  double turn = 0;
  bool halo = false;

  /// What it takes: two thirds of its height for a column, a little more than the font.
  double width() const;
  /// In order around it.
  std::array<Point, 4> corners() const;
  /// The upright rectangle around it.
  Box box() const;
};

/// Whether two rectangles, turned or not, have points in common.
bool overlap(const std::array<Point, 4>& a, const std::array<Point, 4>& b);

double text_width(std::string_view text, double size);

}  // namespace attngraph
