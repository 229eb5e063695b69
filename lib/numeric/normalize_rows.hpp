#pragma once

#include "numeric/matrix.hpp"

namespace attngraph {

/// Divides every row by its sum, taken in double; rows of zeros stay.
inline void normalize_rows(Eigen::Ref<Matrix> weights) {
  for (Index row = 0; row < weights.rows(); ++row) {
    const double sum = weights.row(row).sum();
    if (sum > 0) weights.row(row) /= sum;
  }
}

}  // namespace attngraph
