#include "attention/token_weights.hpp"

#include "attention/attention.hpp"

namespace attngraph {

Matrix token_weights(const Attention& attention, std::size_t l, std::size_t h) {
  Matrix weights = attention.head(l, h);
  if (weights.rows() == weights.cols()) return weights;
  Matrix all = Matrix::Zero(weights.cols(), weights.cols());
  all.bottomRows(weights.rows()) = weights;
  return all;
}

}  // namespace attngraph
