#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "attention/edges/row_criteria.hpp"
#include "graph/edge_arrays.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

class Attention;

/// How the graph of one head is built. Edges are those that count by a rule, all weights are those
/// between different tokens.
struct HeadStructure {
  std::int64_t edges = 0;
  double density = 0;
  /// Components, and tokens in the largest strong one.
  std::int64_t weak = 0;
  std::int64_t strong = 0;
  std::int64_t strong_largest = 0;
  double reciprocity = 0;
  double reciprocity_weighted = 0;
  double clustering = 0;
  double clustering_weighted = 0;
  /// The largest core number.
  std::int64_t core = 0;
  std::int64_t communities = 0;
  double modularity = 0;
  double pagerank_max = 0;
};

/// The groups of one token.
struct TokenGroups {
  std::int32_t weak = 0;
  std::int32_t strong = 0;
  std::int32_t core = 0;
  std::int32_t community = 0;
};

struct StructureRules {
  /// Which weights count as edges; an equal share where it sets nothing.
  RowCriteria edges = {};
  /// Which way edges lead, for PageRank and triads.
  Direction direction = Direction::attends;
  /// γ of modularity.
  double resolution = 1;
};

/// The numbers of one head of self-attention; queries that it has not count as rows of zeros. Given
/// as a list, it stays one: everything is found in O(edges^1.5) or less; else in O(n³), one matrix
/// product.
HeadStructure head_structure(const Attention& attention, std::size_t l, std::size_t h,
                             const StructureRules& rules);

/// The groups of each of its tokens.
std::vector<TokenGroups> token_groups(const Attention& attention, std::size_t l, std::size_t h,
                                      const StructureRules& rules);

/// The edges that count, each once.
EdgeArrays structure_edges(const Attention& attention, std::size_t l, std::size_t h,
                           const StructureRules& rules);

}  // namespace attngraph
