#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "attention/edges/row_criteria.hpp"
#include "core/limits.hpp"
#include "graph/edge_arrays.hpp"
#include "graph/layout.hpp"
#include "numeric/matrix.hpp"
#include "report/answer/drawing.hpp"

namespace attngraph {

/// Where nothing else is said, a drawing shows so many edges of each query; of so many tokens or
/// more, so many of all.
inline constexpr std::size_t shown_per_query = 3;
inline constexpr std::size_t many_to_draw = 60;
inline constexpr std::size_t shown_of_all = 200;

/// Which edges of a head a drawing shows.
struct ShownEdges {
  RowCriteria choice;
  /// So many of the largest of all.
  std::optional<std::size_t> in_all;
};

/// What is shown of a graph of so many tokens where a choice names neither.
ShownEdges shown_edges(const RowCriteria& choice, std::size_t tokens);

/// The drawing of one head's graph, of edges that come in parts. Holds only those that are shown.
class HeadDrawing {
 public:
  HeadDrawing(Direction direction, ShownEdges shown, std::size_t nodes, const Limits& limits);

  /// Edges of some queries, all of each.
  void count(const EdgeArrays& edges);
  /// Those of them that the choice leaves.
  /// @throws LimitError where so many are more than the memory there may be
  void show(const EdgeArrays& edges);

  /// With places for its nodes as the edges that are shown want them, and a remark that says which
  /// these are.
  /// @param labels one for each node
  /// @param queries as in Drawing
  Drawing drawn(const std::vector<std::string>& labels, Layout layout, std::size_t queries) &&;

 private:
  struct Edge {
    std::size_t number;
    std::int32_t source;
    std::int32_t target;
    double weight;
  };

  Direction direction_;
  ShownEdges which_;
  Limits limits_;
  /// A heap with the lightest on top, where the largest of all are wanted.
  std::vector<Edge> shown_;
  std::size_t edges_ = 0;
  std::size_t chosen_ = 0;
  double weight_ = 0;
  /// Of all edges, those that are left out too.
  Vector received_;

  /// What the choice says of the edges that are shown.
  std::string above() const;
  std::string remark(const EdgeArrays& shown) const;
  /// Those that are shown, in the order in which they came; they are no longer held.
  EdgeArrays taken(std::size_t nodes);
};

}  // namespace attngraph
