#include "attention/grouped.hpp"

#include <cassert>

namespace attngraph {
namespace {

/// The row summed over the nodes of the keys, added to `nodes`.
void add_summed(const auto& row, const Grouping& keys, double factor, auto&& nodes) {
  for (std::size_t k = 0; k < keys.node.size(); ++k) {
    const std::int32_t node = keys.node[k];
    if (node != Grouping::left_out) nodes[node] += factor * row[static_cast<Index>(k)];
  }
}

double left_of(const auto& row, const Grouping& keys) {
  double left = 0;
  for (std::size_t k = 0; k < keys.node.size(); ++k) {
    if (keys.node[k] != Grouping::left_out) left += row[static_cast<Index>(k)];
  }
  return left;
}

}  // namespace

Matrix grouped(const Matrix& weights, const Grouping& queries, const Grouping& keys) {
  assert(queries.tokens() == static_cast<std::size_t>(weights.rows()));
  assert(keys.tokens() == static_cast<std::size_t>(weights.cols()));
  Matrix result =
      Matrix::Zero(static_cast<Index>(queries.nodes()), static_cast<Index>(keys.nodes()));
  const auto sizes = queries.sizes();
  for (Index q = 0; q < weights.rows(); ++q) {
    const std::int32_t node = queries.node[static_cast<std::size_t>(q)];
    if (node == Grouping::left_out) continue;
    const auto row = weights.row(q);
    const double left = queries.division == RowDivision::left_first ? left_of(row, keys) : 1.0;
    if (left > 0) add_summed(row, keys, 1 / left, result.row(node));
  }
  for (Index row = 0; row < result.rows(); ++row) {
    const double divisor = queries.division == RowDivision::afterwards
                               ? result.row(row).sum()
                               : static_cast<double>(sizes[static_cast<std::size_t>(row)]);
    if (divisor > 0) result.row(row) /= divisor;
  }
  return result;
}

Vector summed(const Vector& row, const Grouping& keys) {
  Vector nodes = Vector::Zero(static_cast<Index>(keys.nodes()));
  add_summed(row, keys, 1, nodes);
  const double sum = nodes.sum();
  return keys.division == RowDivision::afterwards && sum > 0 ? Vector(nodes / sum) : nodes;
}

Vector mean_over(std::size_t node, const Grouping& queries) {
  Vector shares = Vector::Zero(static_cast<Index>(queries.tokens()));
  const auto size = static_cast<double>(queries.sizes()[node]);
  for (std::size_t q = 0; q < queries.tokens(); ++q) {
    if (queries.node[q] == static_cast<std::int32_t>(node))
      shares[static_cast<Index>(q)] = 1 / size;
  }
  return shares;
}

}  // namespace attngraph
