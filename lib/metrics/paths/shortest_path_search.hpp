#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "metrics/paths/candidate_heap.hpp"
#include "numeric/matrix.hpp"
#include "tensor/compressed_rows.hpp"

namespace attngraph {

/// Rows with the shortest edge of each node first, weights being lengths; those of node v that are
/// not left out are places first[v] … end[v] - 1, and the others follow. Targets stand apart from
/// lengths, because a search mostly passes over targets it has settled.
struct SortedRows : CompressedRows {
  std::vector<std::size_t> end;
  /// By how much any edge that is left out is longer than another way to its end, at least.
  std::vector<double> least_excess;
  /// Different targets of each node before any edge is left out.
  std::vector<std::size_t> different_targets;
};

/// @param rows edges between different nodes; their weights are lengths > 0
SortedRows sorted_rows(CompressedRows rows);

/// The edges of one node: first those that some shortest path takes, and some that are just longer.
struct UsefulEdges {
  std::int32_t source = 0;
  std::size_t useful = 0;
  std::vector<std::int32_t> target;
  std::vector<double> length;
  /// Of those behind the useful ones; infinite where there is none.
  double least_excess = 0;
};

/// Leaves all other edges of that node out of the rows.
void leave_out_others(const UsefulEdges& useful, SortedRows& rows);

/// Shortest paths from one source after another over the same graph; the answer for a source stands
/// until the next. Several searches may share rows as long as nobody changes them.
class ShortestPathSearch {
 public:
  explicit ShortestPathSearch(const SortedRows& rows);

  /// @param reach how many nodes the source reaches, itself among them, or more
  void from(std::int32_t source, std::size_t reach);

  /// Settled nodes, nearest first; the source is the first.
  const std::vector<std::int32_t>& order() const { return order_; }
  double distance(std::int32_t node) const { return distance_[node]; }

  /// Adds to `sums` the share of the shortest paths from the source that pass each node.
  /// (Brandes 2001)
  void add_dependencies(Vector& sums);

  /// Those of the source.
  UsefulEdges useful_edges() const;

 private:
  // A node that comes just before another on a shortest path; links of one node form a list.
  struct Link {
    std::int32_t from;
    std::int32_t before;
  };

  const SortedRows& rows_;
  std::vector<double> distance_;
  std::vector<std::int32_t> settled_as_;
  std::vector<std::size_t> next_;
  std::vector<double> paths_;
  std::vector<double> dependency_;
  std::vector<std::int32_t> last_link_;
  std::vector<Link> links_;
  std::vector<std::int32_t> order_;
  CandidateHeap candidates_;
  double farthest_ = 0;

  void forget();
  double longest_edge(std::int32_t node) const;
  double longest_tie() const;
  void settle(std::int32_t node, double distance);
  void offer_next(std::int32_t node, bool on_top);
  void link(std::int32_t from, std::int32_t to);
  void tie(std::int32_t from, std::int32_t to, double length);
  void link_left_out();
  void count_paths();
};

}  // namespace attngraph
