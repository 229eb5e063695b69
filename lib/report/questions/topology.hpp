#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/named_range.hpp"
#include "report/answer/columns.hpp"

namespace attngraph {

class Attention;
class Sink;

/// From which weights on two tokens are joined.
struct JoinedFrom {
  /// Above each of these.
  std::vector<double> thresholds;
  /// In place of them, above an equal share of the keys that a query may see.
  bool share = false;
};

struct TopologyOptions {
  /// Up to which dimension bars are found: 0 for parts, 1 for loops as well.
  std::size_t dimension = 0;
  /// Every bar, in place of numbers about them.
  bool bars = false;
  /// Set: numbers of the graph of joined tokens, in place of bars.
  std::optional<JoinedFrom> betti;
  /// Not empty: how far the response is from the prompt. It begins at this token, or where there
  /// are parts is the one of this name.
  std::string split;
  std::vector<NamedRange> parts;
  /// Loops are found for so many tokens at most.
  std::size_t max_tokens = 512;
};

/// What its rows have.
AnswerColumns topology_columns(const TopologyOptions& options);

/// What shape appears as weaker edges are let in, the distance of two tokens being
/// 1 - max(A_ij, A_ji). Rows `layer,head,h0_sum,…,h0_count` about the bars of each head, or a map
/// of h0_mean; with `bars` `layer,head,dimension,birth,death`, or a picture of them; with `betti`
/// `layer,head,threshold,edges,b0,b1`, or curves; with `split` `layer,head,mtop_div,
/// mtop_div_per_token`, or a map. Every number is a double.
/// @throws InputError for cross-attention
/// @throws LimitError where loops are asked for of more than `max_tokens`, or need too much memory
/// @throws ArgumentError where there is no such token or part, or no prompt before it
void topology_report(const Attention& attention, const TopologyOptions& options, Sink& sink);

}  // namespace attngraph
