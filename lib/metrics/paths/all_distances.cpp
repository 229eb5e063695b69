// All distances of a dense graph by Floyd and Warshall, a block of nodes at a time.
//
// Requires lengths >= 0 and no negative cycle, which they exclude. The nodes of a block may be
// passed through one after another within the block; then the block's rows, and with them all
// others, are lowered by a product of matrices in which plus stands for times and the minimum for
// plus (the tiles of tile_product.hpp). Why: the same n³ steps as the plain algorithm, but at the
// speed of a matrix product, where a search per node follows pointers. Where rows or columns of a
// block are infinite throughout, as in half of causal attention, nothing is done. Rows are shared
// among threads; none knows of the others, so bits do not depend on their number. Cost: n³ sums and
// minima, 8 at a time with AVX-512; memory one block of rows more.

#include "metrics/paths/all_distances.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/parallel.hpp"
#include "core/stop.hpp"
#include "numeric/kernels/kernels.hpp"

namespace attngraph {
namespace {

constexpr Index nodes_in_block = 64;
constexpr Index rows_in_band = 64;

/// Rows of distances, packed as the right factor of products.
class Factor {
 public:
  /// @param rows [inner, columns] of a matrix with as many columns
  void take(const double* rows, Index inner, Index columns, Index stride) {
    const auto& kernel = scalar_kernels<double>();
    inner_ = inner;
    columns_ = columns;
    panels_.resize(static_cast<std::size_t>((columns + kernel.panel_width) * inner));
    kernel.pack(rows, stride, 1, inner, columns, panels_.data());
  }

  /// c [rows, columns] = min(c, a [rows, inner] + these)
  void lower(const double* a, Index rows, double* c, Index stride) const {
    const auto& kernel = scalar_kernels<double>();
    kernel.lower_by_sums({a, stride, rows, panels_.data(), inner_ * kernel.panel_width, inner_,
                          columns_, 1.0, c, stride});
  }

 private:
  Index inner_ = 0;
  Index columns_ = 0;
  std::vector<double> panels_;
};

/// Columns of some rows from the first to behind the last that holds a number.
struct Stretch {
  Index begin = 0;
  Index end = 0;
};

Stretch finite_columns(const Eigen::Ref<const Matrix>& rows) {
  const auto any = [&](Index column) { return rows.col(column).minCoeff() < INFINITY; };
  Stretch stretch{0, rows.cols()};
  while (stretch.begin < stretch.end && !any(stretch.begin)) ++stretch.begin;
  while (stretch.end > stretch.begin && !any(stretch.end - 1)) --stretch.end;
  return stretch;
}

/// Lets paths within a block pass its nodes.
void close_block(Matrix& distances, Index first, Index count) {
  Factor row;
  double* block = &distances(first, first);
  const Index stride = distances.cols();
  for (Index node = 0; node < count; ++node) {
    row.take(block + node * stride, 1, count, stride);
    row.lower(block + node, count, block, stride);
  }
}

}  // namespace

void make_distances(Matrix& distances) {
  const Index n = distances.rows();
  Factor factor;
  for (Index first = 0; first < n; first += nodes_in_block) {
    check_stop();
    const Index count = std::min(nodes_in_block, n - first);
    close_block(distances, first, count);
    const auto rows = distances.middleRows(first, count);
    const Stretch seen = finite_columns(rows);
    const auto factor_of_rows = [&] {
      factor.take(&distances(first, seen.begin), count, seen.end - seen.begin, n);
    };
    factor_of_rows();
    factor.lower(&distances(first, first), count, &distances(first, seen.begin), n);
    factor_of_rows();
    parallel_for(static_cast<std::size_t>((n + rows_in_band - 1) / rows_in_band),
                 [&](std::size_t band) {
                   const Index row = static_cast<Index>(band) * rows_in_band;
                   if (row == first) return;
                   const Index height = std::min(rows_in_band, n - row);
                   if (distances.block(row, first, height, count).minCoeff() == INFINITY) return;
                   factor.lower(&distances(row, first), height, &distances(row, seen.begin), n);
                 });
  }
}

}  // namespace attngraph
