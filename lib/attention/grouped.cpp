#include "attention/grouped.hpp"

#include <cassert>

namespace attngraph {

Matrix grouped(const Matrix& weights, const Grouping& grouping) {
  assert(weights.rows() == weights.cols());
  const auto nodes = static_cast<Index>(grouping.labels.size());
  Matrix result = Matrix::Zero(nodes, nodes);
  Vector members = Vector::Zero(nodes);
  for (Index q = 0; q < weights.rows(); ++q) {
    const Index row = grouping.node[static_cast<std::size_t>(q)];
    if (row == Grouping::left_out) continue;
    members[row] += 1;
    for (Index k = 0; k < weights.cols(); ++k) {
      const Index column = grouping.node[static_cast<std::size_t>(k)];
      if (column != Grouping::left_out) result(row, column) += weights(q, k);
    }
  }
  for (Index row = 0; row < nodes; ++row) {
    const double divisor = grouping.renormalize ? result.row(row).sum() : members[row];
    if (divisor > 0) result.row(row) /= divisor;
  }
  return result;
}

}  // namespace attngraph
