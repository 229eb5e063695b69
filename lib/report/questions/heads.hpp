#pragma once

#include <string>

#include "report/answer/columns.hpp"

namespace attngraph {

class Attention;
class Sink;

struct HeadsOptions {
  /// A column with the Gini coefficient.
  bool gini = false;
  /// What colours a picture: a column of numbers.
  std::string color_by = "sink_mass";
};

/// What can be known without the attention.
/// @throws ArgumentError where there is no column to colour by
void check_options(const HeadsOptions& options);

/// What its rows have.
AnswerColumns heads_columns(const HeadsOptions& options);

/// What each head does: one row of statistics for each, and the share of heads that have a sink.
///
/// Columns `layer,head,type,entropy,entropy_normalized,support,max_weight,distance,self,previous,
/// next,first,backward,forward,sink_token,sink_label,sink_mass`, with tokens
/// `duplicate,induction`, and with `gini` that; summary `sink_rate`. What needs queries and keys of
/// one sequence is not known of cross-attention. A sink that takes pictures gets a map of the
/// heads, coloured by one column, with the type as a sign.
/// @throws InputError where scores overflow
void heads_report(const Attention& attention, const HeadsOptions& options, Sink& sink);

}  // namespace attngraph
