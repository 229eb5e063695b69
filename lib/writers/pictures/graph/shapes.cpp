#include "writers/pictures/graph/shapes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/text/text.hpp"

namespace attngraph {
namespace {

/// A column of a fixed-width font over its height.
constexpr double column_share = 0.61;
/// A line over the height of its font.
constexpr double line_share = 1.1;

double dot(Point a, Point b) { return a.x * b.x + a.y * b.y; }

/// Whether all of `b` lies beyond one of the sides of `a`.
bool separated_by_sides_of(const std::array<Point, 4>& a, const std::array<Point, 4>& b) {
  for (std::size_t i = 0; i < 2; ++i) {
    const Point axis = a[i + 1] - a[i];
    const auto [low_a, high_a] = std::minmax({dot(axis, a[i]), dot(axis, a[i + 1])});
    double low_b = dot(axis, b[0]), high_b = low_b;
    for (const Point corner : b) {
      low_b = std::min(low_b, dot(axis, corner));
      high_b = std::max(high_b, dot(axis, corner));
    }
    if (high_b <= low_a || low_b >= high_a) return true;
  }
  return false;
}

}  // namespace

double length(Point vector) { return std::hypot(vector.x, vector.y); }

Point direction_of(Point vector) {
  const double size = length(vector);
  return size > 1e-9 ? vector * (1 / size) : Point{1, 0};
}

Point Curve::at(double share) const {
  const double rest = 1 - share;
  return from * (rest * rest * rest) + first * (3 * rest * rest * share) +
         second * (3 * rest * share * share) + to * (share * share * share);
}

Curve Curve::shortened(double by) const {
  const Point back = direction_of(to - second) * by;
  return {from, first, second - back, to - back};
}

Curve straight(Point from, Point to) {
  const Point third = (to - from) * (1.0 / 3);
  return {from, from + third, to - third, to};
}

bool Box::overlaps(const Box& other) const {
  return left < other.right() && other.left < right() && top < other.bottom() &&
         other.top < bottom();
}

double text_width(std::string_view text, double size) {
  return column_share * size * static_cast<double>(display_width(text));
}

double Label::width() const { return text_width(text, size); }

std::array<Point, 4> Label::corners() const {
  const double angle = turn * std::numbers::pi / 180;
  const Point along{std::cos(angle), std::sin(angle)};
  const Point across = Point{-along.y, along.x} * (line_share * size / 2);
  const double before = anchor == Anchor::start ? 0 : anchor == Anchor::middle ? 0.5 : 1;
  const Point begin = place - along * (before * width());
  const Point end = begin + along * width();
  return {begin - across, end - across, end + across, begin + across};
}

Box Label::box() const {
  const auto points = corners();
  const auto [left, right] = std::minmax({points[0].x, points[1].x, points[2].x, points[3].x});
  const auto [top, bottom] = std::minmax({points[0].y, points[1].y, points[2].y, points[3].y});
  return {left, top, right - left, bottom - top};
}

bool overlap(const std::array<Point, 4>& a, const std::array<Point, 4>& b) {
  return !separated_by_sides_of(a, b) && !separated_by_sides_of(b, a);
}

}  // namespace attngraph
