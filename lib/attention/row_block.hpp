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

/// Work on a block that any thread may do, at the same time as on others; what it returns is called
/// afterwards on the calling thread, block by block in order. A block is valid until then.
template <typename Scalar>
using WorkOnRows = std::function<std::function<void()>(const RowBlock<Scalar>&)>;

/// Part of a head's scores or weights: rows from `first_query` on, columns from `first_key` on.
struct BlockPlace {
  Index first_query = 0;
  Index first_key = 0;
  Index queries = 0;
  Index keys = 0;
};

}  // namespace attngraph
