// Classes are the strong components of what the walk can do; of a triangular matrix, as causal
// attention makes, every token is one by itself. The stationary distribution is that of the one
// closed class by the elimination of Grassmann, Taksar and Heyman (1985), which never subtracts:
// every entry is exact to rounding where the walk nearly falls apart, too. Cost: O(n²), and
// 2/3 m³ for a closed class of m tokens.
#include "metrics/spectrum/walk.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "core/stop.hpp"
#include "graph/strong_components.hpp"

namespace attngraph {
namespace {

void make_steps(Matrix& weights, const WalkRules& rules) {
  if (rules.direction == Direction::informs) weights.transposeInPlace();
  for (Index i = 0; i < weights.rows(); ++i) {
    const double sum = weights.row(i).sum();
    if (sum > 0) {
      weights.row(i) /= sum;
    } else {
      const auto [first, count] = reach_of_nothing(i, weights.cols(), rules);
      weights.row(i).segment(first, count).setConstant(1.0 / static_cast<double>(count));
    }
  }
}

bool is_triangular(const Matrix& steps) {
  bool lower = true, upper = true;
  for (Index i = 0; i < steps.rows() && (lower || upper); ++i) {
    lower = lower && steps.row(i).tail(steps.cols() - i - 1).isZero(0);
    upper = upper && steps.row(i).head(i).isZero(0);
  }
  return lower || upper;
}

CompressedRows possible_steps(const Matrix& steps) {
  CompressedRows rows;
  for (Index i = 0; i < steps.rows(); ++i) {
    for (Index j = 0; j < steps.cols(); ++j) {
      if (steps(i, j) > 0) rows.target.push_back(static_cast<std::int32_t>(j));
    }
    rows.first.push_back(rows.target.size());
  }
  return rows;
}

/// The class of each token, by number.
std::vector<std::int32_t> class_numbers(const Matrix& steps) {
  if (!is_triangular(steps)) return strong_components(possible_steps(steps)).of_node;
  std::vector<std::int32_t> numbers(static_cast<std::size_t>(steps.rows()));
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

std::vector<WalkClass> classes_of(const Matrix& steps) {
  const std::vector<std::int32_t> number = class_numbers(steps);
  const auto count = static_cast<std::size_t>(*std::max_element(number.begin(), number.end())) + 1;
  std::vector<WalkClass> classes(count, WalkClass{{}, true});
  for (Index i = 0; i < steps.rows(); ++i) {
    WalkClass& mine = classes[static_cast<std::size_t>(number[static_cast<std::size_t>(i)])];
    mine.states.push_back(i);
    for (Index j = 0; j < steps.cols() && mine.closed; ++j) {
      const auto from = static_cast<std::size_t>(i), to = static_cast<std::size_t>(j);
      if (steps(i, j) > 0 && number[to] != number[from]) mine.closed = false;
    }
  }
  return classes;
}

/// Of an irreducible walk. `p` is used up.
Vector eliminated(Matrix p) {
  const Index n = p.rows();
  for (Index k = n - 1; k > 0; --k) {
    if (k % 64 == 0) check_stop();
    const double leaves = std::max(p.row(k).head(k).sum(), std::numeric_limits<double>::min());
    p.col(k).head(k) /= leaves;
    p.topLeftCorner(k, k).noalias() += p.col(k).head(k) * p.row(k).head(k);
  }
  Vector x = Vector::Zero(n);
  x[0] = 1;
  for (Index k = 1; k < n; ++k) {
    x[k] = x.head(k).dot(p.col(k).head(k));
    if (x[k] > 1) x.head(k + 1) /= x[k];  // what a walk nearly never sees may be far below
  }
  return x / x.sum();
}

}  // namespace

Reach reach_of_nothing(Index token, Index size, const WalkRules& rules) {
  if (rules.causality == Causality::bidirectional) return {0, size};
  if (rules.direction == Direction::attends) return {0, token + 1};
  return {token, size - token};
}

bool Walk::has_one_end() const {
  const auto closed = [](const WalkClass& each) { return each.closed; };
  return damping < 1 || std::count_if(classes.begin(), classes.end(), closed) == 1;
}

Walk random_walk(Matrix weights, const WalkRules& rules) {
  make_steps(weights, rules);
  auto classes = classes_of(weights);
  return {std::move(weights), rules.damping, std::move(classes)};
}

Matrix damped_steps(const Walk& walk) {
  if (walk.damping == 1) return walk.steps;
  const double jump = (1 - walk.damping) / static_cast<double>(walk.size());
  return (walk.damping * walk.steps).array() + jump;
}

Matrix within(const Matrix& steps, const std::vector<Index>& states) {
  return steps(states, states);
}

Vector stationary(const Walk& walk) {
  if (walk.damping < 1) return eliminated(damped_steps(walk));
  const auto end = std::find_if(walk.classes.begin(), walk.classes.end(),
                                [](const WalkClass& each) { return each.closed; });
  Vector x = Vector::Zero(walk.size());
  x(end->states) = eliminated(within(walk.steps, end->states));
  return x;
}

Index period(const Walk& walk, const WalkClass& closed) {
  std::vector<Index> level(static_cast<std::size_t>(walk.size()), -1);
  std::vector<Index> found{closed.states.front()};
  level[static_cast<std::size_t>(found.front())] = 0;
  Index divisor = 0;
  for (std::size_t next = 0; next < found.size() && divisor != 1; ++next) {
    const Index from = found[next], steps = level[static_cast<std::size_t>(from)] + 1;
    for (const Index to : closed.states) {
      if (!(walk.steps(from, to) > 0)) continue;
      Index& at = level[static_cast<std::size_t>(to)];
      if (at < 0) {
        at = steps;
        found.push_back(to);
      } else {
        divisor = std::gcd(divisor, steps - at);
      }
    }
  }
  return divisor;
}

}  // namespace attngraph
