#include "reading/row_sums.hpp"

#include <cmath>
#include <vector>

namespace attngraph {
namespace {

constexpr double tolerance = 0.02;  // half precision, and a few rows of bfloat16

enum class Line { one, zeros, other };

Line line_of(const Tensor& numbers) {
  double sum = 0;
  bool any = false;
  for (const double number : numbers.to_doubles()) {
    if (!std::isfinite(number) || number < 0) return Line::other;
    any = any || number != 0;
    sum += number;
  }
  if (!any) return Line::zeros;
  return std::abs(sum - 1) <= tolerance ? Line::one : Line::other;
}

/// The line along `axis` whose place on every other axis is `part` of 8 of its length.
Tensor line_at(const Tensor& tensor, std::size_t axis, std::size_t part) {
  Tensor line = tensor;
  for (std::size_t i = tensor.rank(); i-- > 0;) {
    if (i == axis) continue;
    const std::size_t last = tensor.shape()[i] - 1;
    line = line.at(i, last * part / 8);
  }
  return line;
}

}  // namespace

bool sums_to_one(const Tensor& tensor, std::size_t axis) {
  if (tensor.size() == 0) return false;
  bool any = false;
  for (std::size_t part = 0; part <= 8; ++part) {
    const Line line = line_of(line_at(tensor, axis, part));
    if (line == Line::other) return false;
    any = any || line == Line::one;
  }
  return any;
}

std::optional<std::size_t> summing_axis(const Tensor& tensor) {
  std::optional<std::size_t> found;
  for (std::size_t axis = 0; axis < tensor.rank(); ++axis) {
    if (!sums_to_one(tensor, axis)) continue;
    if (found) return std::nullopt;
    found = axis;
  }
  return found;
}

}  // namespace attngraph
