#pragma once

#include "attention/sparsify.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

class AttentionStack;
class Sink;

enum class SparsifyAnswer {
  /// One row for each head: what is kept and what is lost.
  report,
  /// The matrices that are left; as text the edges that are left.
  matrices,
};

struct SparsifyReportOptions {
  SparsifyOptions sparsify;
  SparsifyAnswer answer = SparsifyAnswer::report;
  /// Values that the weights multiply: [layer, head, key, width] of the file, [head, key, width]
  /// where it has one layer, or [key, width] for every head. Empty: no output loss.
  Tensor value;
};

/// Which edges matter, and what is lost with the others.
///
/// To `sink` rows `layer,head,entries,kept,sparsity,mass_mean,mass_min,frobenius_loss` (and
/// `output_loss` where there are values), or matrices `source,target,weight`. To `features` (may
/// be null): A'V, a matrix [query, feature] for each head.
/// @throws InputError, ArgumentError
void sparsify_report(const AttentionStack& stack, const SparsifyReportOptions& options, Sink& sink,
                     Sink* features);

}  // namespace attngraph
