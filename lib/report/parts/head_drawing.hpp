#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "attention/head_label.hpp"
#include "graph/edge_arrays.hpp"
#include "graph/layout.hpp"
#include "numeric/matrix.hpp"
#include "report/answer/drawing.hpp"

namespace attngraph {

/// Edges of each query that a drawing shows where nothing else is said.
inline constexpr std::size_t shown_per_query = 3;

/// The drawing of one head's graph, of edges that come in parts. Holds only those that are shown.
class HeadDrawing {
 public:
  HeadDrawing(std::int64_t layer, const HeadLabel& head, std::size_t nodes);

  /// Edges that are shown.
  void show(const EdgeArrays& edges);
  /// Edges that only count in the size of their nodes.
  void leave_out(const EdgeArrays& edges);

  /// With its title, and places for its nodes as the edges that are shown want them.
  /// @param labels one for each node
  Drawing drawn(const std::vector<std::string>& labels, Layout layout) const;

 private:
  std::int64_t layer_;
  HeadLabel head_;
  EdgeArrays shown_;
  std::size_t left_out_ = 0;
  /// Of all edges, those that are left out too.
  Vector in_strength_;
};

}  // namespace attngraph
