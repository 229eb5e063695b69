#pragma once

#include <cmath>

#include "numeric/matrix.hpp"

namespace attngraph::oracle {

/// One head of a graph attention layer as papers write it: for every pair of nodes the
/// concatenated vector, over a dense adjacency. Rows without neighbours are zeros.
/// @param weight v1 [F, F'], v2 [2F, F']; @param a v1 [2F'], v2 [F']; @param bias v2 [2F'] or empty
inline Matrix graph_attention_weights(const Matrix& h, const Matrix& adjacency,
                                      const Matrix& weight, const Vector& a, const Vector& bias,
                                      bool v2, double slope) {
  const Index n = h.rows(), width = weight.cols();
  const auto leaky = [slope](double x) { return x > 0 ? x : slope * x; };
  Matrix weights = Matrix::Zero(n, n);
  for (Index i = 0; i < n; ++i) {
    double sum = 0;
    for (Index j = 0; j < n; ++j) {
      if (!(adjacency(i, j) > 0)) continue;
      double score = 0;
      if (v2) {
        Vector both(2 * h.cols());
        both << h.row(i).transpose(), h.row(j).transpose();
        Vector hidden = weight.transpose() * both;
        if (bias.size() > 0) hidden += bias.head(width) + bias.tail(width);
        score = a.dot(hidden.unaryExpr(leaky));
      } else {
        Vector both(2 * width);
        both << weight.transpose() * h.row(i).transpose(),
            weight.transpose() * h.row(j).transpose();
        score = leaky(a.dot(both));
      }
      weights(i, j) = std::exp(score);
      sum += weights(i, j);
    }
    if (sum > 0) weights.row(i) /= sum;
  }
  return weights;
}

}  // namespace attngraph::oracle
