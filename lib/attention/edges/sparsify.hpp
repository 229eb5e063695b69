#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "attention/edges/head_pattern.hpp"
#include "attention/edges/row_criteria.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// What becomes of a row that would lose every entry.
enum class EmptyRow { keep_max, zero };

enum class Renormalize { rows, none };

/// What makes an edge matter. All that is set must agree.
struct SparsifyOptions {
  RowCriteria row;
  /// Keeps this share of all non-zero entries of the matrix, the largest; rounded up.
  std::optional<double> keep_ratio;
  /// Keeps the edges of the maximum spanning forest, both directions.
  bool spanning_forest = false;
  EmptyRow empty_row = EmptyRow::keep_max;
  Renormalize renormalize = Renormalize::rows;
  /// Keeps what sparse kernels would.
  PatternCriteria pattern = {};

  /// No criterion needs the whole matrix at once, so rows may come one after the other.
  bool by_row() const { return !keep_ratio && !spanning_forest; }
};

/// @throws ArgumentError where nothing is set or something is outside its bounds
void check_sparsify(const SparsifyOptions& options);

/// What sparsifying keeps and loses, before renormalising. Rows of zeros have no mass to lose.
class SparsifyLoss {
 public:
  /// @param entries how many the row has, those not in `row` are zeros
  void add_row(std::span<const double> row, std::span<const char> keep, std::size_t entries);

  std::size_t entries() const { return entries_; }
  std::size_t kept() const { return kept_; }
  /// Share of zeros in what is left.
  double sparsity() const;
  /// Kept share of a row's sum: mean, and that of the worst row; NaN where all rows are zeros.
  double mass_mean() const;
  double mass_min() const;
  /// ‖A - A'‖ / ‖A‖ in the Frobenius norm; 0 where A is 0.
  double frobenius_loss() const;

 private:
  std::size_t entries_ = 0;
  std::size_t kept_ = 0;
  std::size_t rows_ = 0;
  double mass_sum_ = 0;
  double mass_min_ = 1;
  double lost_squares_ = 0;
  double squares_ = 0;
};

/// Sparsifies one row in place by options.row and what `keep` allows already, minding empty_row
/// and renormalize, and adds it to `loss`.
/// @param visible keys that the row may see
/// @param entries of the whole row; those not in `row` are zeros
void sparsify_row(std::span<double> row, std::size_t visible, std::size_t entries,
                  const SparsifyOptions& options, std::span<char> keep, SparsifyLoss& loss);

/// Sparsifies a matrix [query, key] in place; for a spanning forest it must be square.
/// @param seen_keys those before padding, of which others know more; else what the weights show
SparsifyLoss sparsify(Matrix& weights, const SparsifyOptions& options, Causality causality,
                      std::optional<std::size_t> seen_keys = {});

}  // namespace attngraph
