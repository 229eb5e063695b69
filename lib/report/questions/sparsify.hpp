#pragma once

#include "attention/edges/sparsify.hpp"
#include "report/answer/columns.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

class Attention;
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
  /// Values that the weights multiply: [layer, head, key, width] of the file, [head, key, width]
  /// where it has one layer, or [key, width] for every head. Empty: those of the attention itself;
  /// without either no output loss.
  Tensor value;
};

/// What its rows have.
AnswerColumns sparsify_columns(SparsifyAnswer answer);

/// Which edges matter, and what is lost with the others.
///
/// To `sink` rows `layer,head,entries,kept,sparsity,mass_mean,mass_min,frobenius_loss` (and
/// `output_loss` where there are values), edges, or matrices. To `features` (may be null): A'V, a
/// matrix [query, feature] for each head.
/// Where every criterion judges a row alone, and no array is asked for, the memory is that of a
/// block of rows.
/// @throws InputError, ArgumentError
void sparsify_report(const Attention& attention, const SparsifyReportOptions& options, Sink& sink,
                     Sink* features);

}  // namespace attngraph
