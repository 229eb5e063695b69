#pragma once

#include <functional>

#include "numeric/matrix.hpp"

namespace attngraph {

/// Consecutive rows of one head's weights. Keys outside [first_key, first_key + columns) have
/// weight 0: what causal and window hide from all these queries is neither computed nor stored.
template <typename Scalar>
struct RowBlock {
  Index first_query;
  Index first_key;
  Eigen::Map<const MatrixOf<Scalar>> weights;
};

template <typename Scalar>
using VisitRows = std::function<void(const RowBlock<Scalar>&)>;

}  // namespace attngraph
