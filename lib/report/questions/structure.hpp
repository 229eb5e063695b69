#pragma once

#include "metrics/structure/head_structure.hpp"
#include "report/answer/columns.hpp"

namespace attngraph {

class Attention;
class Sink;

/// What structure answers with.
enum class StructureAnswer {
  /// One row for each head.
  heads,
  /// How many triples of tokens are linked in each of the 16 ways.
  triads,
  /// The groups of every token.
  members
};

struct StructureOptions : StructureRules {
  StructureAnswer answer = StructureAnswer::heads;
};

/// What can be known without a graph. @throws ArgumentError
void check_options(const StructureOptions& options);

/// What its rows have.
AnswerColumns structure_columns(StructureAnswer answer);

/// How the graph of each head is built. Every number is a double. Pictures: the modularity of all
/// heads; bars of triads; the weights of each head, its tokens in the order of their communities.
/// @throws InputError for cross-attention
void structure_report(const Attention& attention, const StructureOptions& options, Sink& sink);

}  // namespace attngraph
