#pragma once

#include <span>

#include "tensor/tensor.hpp"

namespace attngraph {

/// The numbers attention is made of; those that are not given are empty.
struct AttendInput {
  /// [token, width]; [head, token, width], or [batch, token, width] with heads or projections;
  /// [layer, head, token, width]. Queries and keys are expected after rotary embedding.
  Tensor query, key, value;
  /// Instead of the three: what all of them are projected from.
  Tensor input;
  /// Projections [out, in] and their biases [out], as PyTorch stores them.
  Tensor wq, wk, wv, wo;
  Tensor bq, bk, bv, bo;
  /// Both broadcast to [layer or batch, head, query, key].
  Tensor mask, bias;
  /// [head], or [layer, head]
  Tensor sink_logits;
};

/// One tensor of an AttendInput and what is said of it.
struct AttendTensor {
  /// As errors name it after their `$`, and as the program's option.
  const char* name;
  Tensor AttendInput::*tensor;
  /// It is multiplied, so it decides the precision.
  bool multiplied;
  const char* help;
};

/// All of them, in the order in which they are asked for.
std::span<const AttendTensor> attend_tensors();

}  // namespace attngraph
