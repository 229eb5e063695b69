#pragma once

#include <string>
#include <vector>

#include "attention/stored/stack_from_dump.hpp"
#include "core/text/wording.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/sink.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// How `inspect` lays its answer out.
enum class InspectLayout {
  /// Property and value, for a person.
  card,
  /// One row for each tensor.
  tensors,
  /// One row for each head of the attention.
  heads,
};

struct InspectOptions {
  InspectLayout layout = InspectLayout::card;
  /// A finding is an error.
  bool strict = false;
  /// List all tokens.
  bool all_tokens = false;
  StackRequest request;
  /// For findings and cures in the answer.
  Wording wording = as_it_stands;
};

/// What its rows have in this layout.
AnswerColumns inspect_columns(InspectLayout layout);

/// What is in a file and whether it is what it seems: shape, axes, dtype, row sums, causal,
/// padding, NaN, zeros, tokens, with what to type where something is wrong. Findings are notes.
/// @throws InputError with `strict`, where there is a finding
void inspect_report(const Dump& dump, const InspectOptions& options, Sink& sink);
/// The same for attention that lies in no file.
void inspect_report(const Attention& attention, const InspectOptions& options, Sink& sink);

}  // namespace attngraph
