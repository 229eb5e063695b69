#pragma once

#include "attention/edges/sparsify.hpp"
#include "core/limits.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

class Attention;
class MultiHeadAttention;
class Sink;

enum class SparsifyAnswer {
  /// One row for each head: what is kept and what is lost.
  report,
  /// The edges that are left, `layer,head,source,target,weight`.
  edges,
  /// The matrices that are left, for array files.
  matrices,
};

struct SparsifyReportOptions {
  SparsifyOptions sparsify;
  SparsifyAnswer answer = SparsifyAnswer::report;
  /// Values that the weights of a stack multiply: [layer, head, key, width] of the file,
  /// [head, key, width] where it has one layer, or [key, width] for every head. Empty: no output
  /// loss.
  Tensor value;
  Limits limits;
};

/// Which edges matter, and what is lost with the others.
///
/// To `sink` rows `layer,head,entries,kept,sparsity,mass_mean,mass_min,frobenius_loss` (and
/// `output_loss` where there are values), edges, or matrices. To `features` (may be null): A'V, a
/// matrix [query, feature] for each head.
/// @throws InputError, ArgumentError
void sparsify_report(const Attention& stack, const SparsifyReportOptions& options, Sink& sink,
                     Sink* features);

/// The same for attention that is made of queries and keys: where every criterion judges a row
/// alone, and no array is asked for, the memory is that of a block of rows.
void sparsify_report(const MultiHeadAttention& attention, const SparsifyReportOptions& options,
                     Sink& sink, Sink* features);

}  // namespace attngraph
