#include "attention/heads/grid_tally.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace attngraph {
namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

/// Takes the piece that `first` belongs to out of `above` and gives its sum.
double taken_piece(std::vector<double>& above, std::size_t width, std::size_t first) {
  const std::size_t height = above.size() / width;
  std::vector<std::size_t> open{first};
  double sum = 0;
  const auto take = [&](std::size_t patch) {
    sum += above[patch];
    above[patch] = 0;
  };
  take(first);
  while (!open.empty()) {
    const std::size_t row = open.back() / width, column = open.back() % width;
    open.pop_back();
    for (std::size_t r = row > 0 ? row - 1 : 0; r < std::min(row + 2, height); ++r) {
      for (std::size_t c = column > 0 ? column - 1 : 0; c < std::min(column + 2, width); ++c) {
        const std::size_t next = r * width + c;
        if (above[next] == 0) continue;
        take(next);
        open.push_back(next);
      }
    }
  }
  return sum;
}

}  // namespace

double spatial_entropy(std::span<const double> patches, std::size_t width) {
  // What only rounding lifts above the mean is no piece.
  constexpr double rounding = 1e-12;
  const double mean =
      std::accumulate(patches.begin(), patches.end(), 0.0) / static_cast<double>(patches.size());
  std::vector<double> above;
  for (const double weight : patches) {
    above.push_back(weight - mean > rounding * mean ? weight - mean : 0);
  }
  std::vector<double> pieces;
  for (std::size_t patch = 0; patch < above.size(); ++patch) {
    if (above[patch] > 0) pieces.push_back(taken_piece(above, width, patch));
  }
  const double sum = std::accumulate(pieces.begin(), pieces.end(), 0.0);
  double entropy = 0;
  for (const double piece : pieces) entropy -= piece / sum * std::log(piece / sum);
  return std::max(entropy, 0.0);
}

GridTally::GridTally(const PatchGrid& grid, std::optional<std::size_t> target)
    : grid_(grid), target_(target), entropy_(no_number) {
  for (std::size_t row = 0; row < grid.height; ++row) {
    for (std::size_t column = 0; column < grid.width; ++column) {
      apart_.push_back(std::hypot(static_cast<double>(row), static_cast<double>(column)));
    }
  }
}

double GridTally::mean_distance(std::size_t patch, std::span<const double> patches) const {
  const std::size_t row = patch / grid_.width, column = patch % grid_.width;
  const auto between = [](std::size_t a, std::size_t b) { return a > b ? a - b : b - a; };
  double sum = 0;
  for (std::size_t r = 0; r < grid_.height; ++r) {
    const double* apart = apart_.data() + between(r, row) * grid_.width;
    const double* weights = patches.data() + r * grid_.width;
    for (std::size_t c = 0; c < grid_.width; ++c) sum += weights[c] * apart[between(c, column)];
  }
  return sum;
}

void GridTally::add_row(std::size_t position, std::span<const double> weights) {
  const auto patches = weights.subspan(grid_.prefix, grid_.height * grid_.width);
  if (target_ == position) entropy_ = spatial_entropy(patches, grid_.width);
  if (position < grid_.prefix) return;
  sum_ += mean_distance(position - grid_.prefix, patches);
  ++rows_;
}

double GridTally::distance() const {
  return rows_ == 0 ? no_number : sum_ / static_cast<double>(rows_);
}

}  // namespace attngraph
