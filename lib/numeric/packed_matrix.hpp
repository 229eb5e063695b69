#pragma once

#include <algorithm>
#include <vector>

#include "core/parallel.hpp"
#include "numeric/kernels/kernels.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// The right factor of products, laid out once for all of them. An entry of a product has the same
/// bits whatever rows and columns are computed together.
template <typename Scalar>
class PackedMatrix {
 public:
  /// b [inner, columns]
  explicit PackedMatrix(const MatrixOf<Scalar>& b) : PackedMatrix(b.rows(), b.cols()) {
    pack(b.data(), b.cols(), 1);
  }

  /// The transpose of `rows` [columns, inner].
  static PackedMatrix transposed(const MatrixOf<Scalar>& rows) {
    PackedMatrix packed(rows.cols(), rows.rows());
    packed.pack(rows.data(), 1, rows.cols());
    return packed;
  }

  Index inner() const { return inner_; }
  Index columns() const { return columns_; }

  /// The last column, not behind `column`, at which a product may begin.
  static Index first_column(Index column) {
    return column - column % scalar_kernels<Scalar>().panel_width;
  }

  /// What a product leaves out of this factor.
  struct Part {
    Index first_inner = 0;
    Index inner = 0;
    /// As first_column() gives it.
    Index first_column = 0;
    Index columns = 0;
  };
  Part whole() const { return {0, inner_, 0, columns_}; }

  /// c [rows, part.columns] = factor * a [rows, part.inner] times that part.
  void multiply(const Scalar* a, Index a_stride, Index rows, const Part& part, Scalar factor,
                Scalar* c, Index c_stride) const {
    const Index width = scalar_kernels<Scalar>().panel_width;
    const Scalar* panels = panels_.data() + part.first_column * inner_ + part.first_inner * width;
    scalar_kernels<Scalar>().multiply(
        {a, a_stride, rows, panels, inner_ * width, part.inner, part.columns, factor, c, c_stride});
  }

 private:
  Index inner_;
  Index columns_;
  std::vector<Scalar> panels_;

  PackedMatrix(Index inner, Index columns) : inner_(inner), columns_(columns) {
    const Index width = scalar_kernels<Scalar>().panel_width;
    panels_.resize(static_cast<std::size_t>((columns + width - 1) / width * width * inner));
  }

  /// On all threads, some panels at a time.
  void pack(const Scalar* b, Index row_stride, Index column_stride) {
    const Index share = 8 * scalar_kernels<Scalar>().panel_width;
    parallel_for(static_cast<std::size_t>((columns_ + share - 1) / share), [&](std::size_t i) {
      const Index first = static_cast<Index>(i) * share;
      scalar_kernels<Scalar>().pack(b + first * column_stride, row_stride, column_stride, inner_,
                                    std::min(share, columns_ - first),
                                    panels_.data() + first * inner_);
    });
  }
};

}  // namespace attngraph
