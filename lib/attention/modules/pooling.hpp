#pragma once

#include "numeric/matrix.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// The numbers of attention pooling; those that are not given are empty.
struct PoolingInput {
  /// [token, width], or with a batch in front
  Tensor input;
  /// [hidden, width] and [hidden]
  Tensor w1, b1;
  /// [hidden] or [1, hidden]
  Tensor w2;
  /// [token] or [batch, token]; non-zero takes part.
  Tensor mask;
};

struct Pooled {
  /// [batch, token]
  Matrix weights;
  /// [batch, width]: the weighted sum of each item's tokens
  Matrix features;
  /// Items in which every token is masked: weights and features of zero.
  Index masked_items = 0;
};

/// softmax over tokens of W2 tanh(W1 x + b1), and what the pooled vector is (Ilse, Tomczak and
/// Welling 2018; Li et al. 2016).
/// @throws ArgumentError, InputError where tensors are missing or do not fit together
Pooled attention_pooling(const PoolingInput& input);

}  // namespace attngraph
