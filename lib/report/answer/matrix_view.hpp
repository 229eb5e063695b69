#pragma once

#include <type_traits>

#include "numeric/matrix.hpp"
#include "report/answer/sink.hpp"

namespace attngraph {

/// A matrix as a sink takes it; it must live as long as the view.
template <typename Scalar>
MatrixView view_of(const Eigen::Map<const MatrixOf<Scalar>>& matrix) {
  MatrixView view{static_cast<std::size_t>(matrix.rows()), static_cast<std::size_t>(matrix.cols())};
  if constexpr (std::is_same_v<Scalar, float>) {
    view.floats = matrix.data();
  } else {
    view.doubles = matrix.data();
  }
  return view;
}
template <typename Scalar>
MatrixView view_of(const MatrixOf<Scalar>& matrix) {
  return view_of<Scalar>(
      Eigen::Map<const MatrixOf<Scalar>>(matrix.data(), matrix.rows(), matrix.cols()));
}

}  // namespace attngraph
