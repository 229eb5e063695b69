#pragma once

#include <cstddef>

#include "attention/pairs/pair_rows.hpp"
#include "report/answer/columns.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

class Attention;
class Sink;

struct PairsOptions {
  Symmetrize symmetrize = Symmetrize::sum;
  /// Average product correction.
  bool corrected = true;
  /// Tokens nearer to each other than this are no pair.
  std::size_t min_separation = 1;
  /// So many of each head.
  std::size_t top = 100;
  /// One row for each head that says how its scores fall on known pairs.
  bool summary = false;
  /// Known pairs are asked about.
  bool has_gold = false;
  /// What they are.
  const Dump* gold = nullptr;
};

/// What can be known without the attention. @throws ArgumentError
void check_options(const PairsOptions& options);

/// What its rows have.
AnswerColumns pairs_columns(const PairsOptions& options);

/// Which pairs of tokens stand out in each head: rows `layer,head,rank,a,b,a_label,b_label,score`,
/// with known pairs `known`; or with `summary` `layer,head,pairs,known,precision_L,precision_L2,
/// precision_L5,auc,reciprocal_rank`. Numbers are doubles; NaN where there is none.
/// @throws InputError for cross-attention, unless pairs are directed and not corrected
void pairs_report(const Attention& attention, const PairsOptions& options, Sink& sink);

}  // namespace attngraph
