#pragma once

#include <optional>
#include <string>

#include "core/named_range.hpp"
#include "reading/patch_grid.hpp"
#include "report/answer/columns.hpp"

namespace attngraph {

class Attention;
class Sink;

struct HeadsOptions {
  /// A column with the Gini coefficient.
  bool gini = false;
  /// What colours a picture: a column of numbers.
  std::string color_by = "sink_mass";
  /// Only copies in the response (`$from`) out of that part of the text (`$to`); both or none.
  std::optional<NamedRange> response = {};
  std::optional<NamedRange> copied_from = {};
  /// How tokens lie on an image; adds what is measured there.
  PatchGridRequest grid = {};
  /// The query whose row is looked at on the grid: index or label.
  std::string target = {};
  /// The mean weight at each offset in place of the measures.
  bool offsets = false;

  bool on_grid() const { return grid.size || grid.prefix; }
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
/// `duplicate,induction`, with `gini` that, `distant`, with tokens `copy`, on a grid
/// `grid_distance`, with `target` `spatial_entropy`; summary `sink_rate`. What needs queries and
/// keys of one sequence is not known of cross-attention. A sink that takes pictures gets a map of
/// the heads, coloured by one column, with the type as a sign. With `offsets`
/// `layer,head,offset,mass`, or curves.
/// @throws InputError where scores overflow
void heads_report(const Attention& attention, const HeadsOptions& options, Sink& sink);

}  // namespace attngraph
