#pragma once

#include "numeric/matrix.hpp"

namespace attngraph {

/// What shortest paths from some sources add up to, for each node.
struct PathSums {
  /// Share of the shortest paths between two other nodes that pass the node.
  Vector dependencies;
  /// Distances from the sources that reach it, their inverses, and how many those are.
  Vector distances;
  Vector inverses;
  Vector reaching;

  explicit PathSums(Index n)
      : dependencies(Vector::Zero(n)),
        distances(Vector::Zero(n)),
        inverses(Vector::Zero(n)),
        reaching(Vector::Zero(n)) {}

  void operator+=(const PathSums& other) {
    dependencies += other.dependencies;
    distances += other.distances;
    inverses += other.inverses;
    reaching += other.reaching;
  }
};

}  // namespace attngraph
