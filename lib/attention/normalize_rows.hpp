#pragma once

#include "attention/matrix.hpp"

namespace attngraph {

/// Divides every row by its sum, taken in double; rows of zeros stay.
template <typename Scalar>
void normalize_rows(MatrixOf<Scalar>& weights) {
  for (Index row = 0; row < weights.rows(); ++row) {
    const double sum = weights.row(row).template cast<double>().sum();
    if (sum > 0)
      weights.row(row) = (weights.row(row).template cast<double>() / sum).template cast<Scalar>();
  }
}

}  // namespace attngraph
