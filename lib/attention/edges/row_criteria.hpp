#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace attngraph {

/// A weight times the keys that its query may see is above this where it is more than an equal
/// share; rounding of float weights makes none.
inline constexpr double more_than_equal = 1 + 1e-6;

/// Which entries of a row are kept, judged by this row alone. Each criterion that is set must
/// agree; a zero is never kept; ties go to the lower index.
struct RowCriteria {
  /// Keeps weights above this.
  std::optional<double> threshold{};
  /// Keeps so many of the largest.
  std::optional<std::size_t> top_k{};
  /// Keeps the fewest, largest first, whose sum is at least this share of the row's sum.
  std::optional<double> top_p{};
  /// Keeps weights that a random break of the stick into `visible` pieces reaches with less than
  /// this probability: (1 - w)^(visible - 1) (Serrano, Boguñá and Vespignani 2009).
  std::optional<double> disparity{};
  /// Keeps weights above an equal share, 1 / `visible`.
  bool share = false;

  /// Whether a criterion is set.
  bool any() const { return threshold || top_k || top_p || by_visible_keys(); }
  /// Whether one asks how many keys a row may see.
  bool by_visible_keys() const { return disparity || share; }
};

/// @throws ArgumentError where a criterion is outside its bounds
void check_criteria(const RowCriteria& criteria);

/// Clears `keep[i]` for every entry of the row that a criterion rejects.
/// @param visible keys that the row may see
void apply_criteria(std::span<const double> row, std::size_t visible, const RowCriteria& criteria,
                    std::span<char> keep);

}  // namespace attngraph
