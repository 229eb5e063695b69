#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "reading/patch_grid.hpp"

namespace attngraph {

/// How attention among the patches of an image lies on it. O(patches) a row.
class GridTally {
 public:
  /// @param target the query whose row is looked at by itself, if one is
  GridTally(const PatchGrid& grid, std::optional<std::size_t> target);

  /// The weights [key] of the query at `position`, some of them above 0.
  void add_row(std::size_t position, std::span<const double> weights);
  /// Σ w times the distance of the patches, mean over the patches that are queries; NaN for none
  /// (Dosovitskiy et al. 2021).
  double distance() const;
  /// The spatial entropy of the target's row; NaN where it has none.
  double entropy() const { return entropy_; }

 private:
  PatchGrid grid_;
  std::optional<std::size_t> target_;
  /// Between patches that are so many rows and columns apart, [height, width].
  std::vector<double> apart_;
  double sum_ = 0;
  std::size_t rows_ = 0;
  double entropy_;

  double mean_distance(std::size_t patch, std::span<const double> patches) const;
};

/// How many places on the grid hold what a row [patch] has above its mean: Shannon entropy in nats
/// of the sums of its pieces, where patches touch that are neighbours, corners too; 0 for one piece
/// or none (Kang et al. 2025, localization heads).
double spatial_entropy(std::span<const double> patches, std::size_t width);

}  // namespace attngraph
