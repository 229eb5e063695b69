#pragma once

#include <vector>

#include "attention/edges/sparsify.hpp"
#include "graph/edge_arrays.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

struct WalkRules {
  /// Whether it steps from queries to keys or back.
  Direction direction = Direction::attends;
  /// A token that leads nowhere leads to all alike: where attention is causal, to all that such a
  /// token may lead to.
  Causality causality = Causality::bidirectional;
  /// The share of steps that follow an edge; others lead to any token.
  double damping = 1;
};

/// Tokens that lead to each other, and to others unless it is closed.
struct WalkClass {
  std::vector<Index> states;
  bool closed = false;
};

/// A random walk on the tokens of one head.
struct Walk {
  /// [from, to], without damping; rows sum to 1.
  Matrix steps;
  double damping = 1;
  std::vector<WalkClass> classes;

  Index size() const { return steps.rows(); }
  /// It ends in the same way wherever it begins, so that its stationary distribution is unique.
  bool has_one_end() const;
};

/// @param weights [query, key] of one head, square
Walk random_walk(Matrix weights, const WalkRules& rules);

/// damping · steps + (1 - damping) / n
Matrix damped_steps(const Walk& walk);

/// The stationary distribution π = π P, exact to rounding in every entry however small.
/// @param walk has one end
Vector stationary(const Walk& walk);

/// The greatest common divisor of the lengths of all closed ways in a class that is closed.
Index period(const Walk& walk, const WalkClass& closed);

/// How many tokens one leads to all alike that leads nowhere, and the first of them.
struct Reach {
  Index first;
  Index count;
};
Reach reach_of_nothing(Index token, Index size, const WalkRules& rules);

/// `steps` from the states to the states of a class.
Matrix within(const Matrix& steps, const std::vector<Index>& states);

}  // namespace attngraph
