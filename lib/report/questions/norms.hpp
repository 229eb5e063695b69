#pragma once

#include "report/answer/columns.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

class Attention;
class Sink;

struct NormsOptions {
  /// [layer, head, token, width] of the file's layers; [head, token, width] or [token, heads x
  /// width] where the file has one layer or one is selected. Fewer value heads than query heads
  /// are shared by groups. Empty: those of the attention itself.
  Tensor value;
  /// [layer, value heads x width], or without layers; added to the values.
  Tensor bv;
  /// [layer, model, heads x width], or without layers; PyTorch's [out, in].
  Tensor wo;
  /// The layers' inputs [layer, token, model], or without layers; there may be one more, the last
  /// layer's output.
  Tensor residual_stream;
  /// With `wo`: each head by itself instead of their sum.
  bool per_head = false;
  /// Instead of norms: how much of each token's new vector comes from other tokens.
  bool mixing = false;
};

/// What its rows have, with `mixing` or without.
AnswerColumns norms_columns(bool mixing);

/// Attention weighted by the values it carries: matrices [query, key] of norms for each head, or
/// with `wo` for the sum of a layer's heads (head `all`); with `mixing` rows `layer,query,mixing`.
/// @throws ArgumentError, InputError
void norms_report(const Attention& stack, const NormsOptions& options, Sink& sink);

}  // namespace attngraph
