// The eigenvalues are those of the classes, which stand on the diagonal where classes are ordered;
// a token that is one by itself has its P_ii, so a causal head needs no solver, and 1 - P_ii is
// what leaves it, exact where P_ii rounds to 1. Damping scales all but one eigenvalue 1 by d
// (Brauer 1952). The mixing time squares P until it mixes, and bisects between the last two powers;
// it stops before where |λ|^t <= 2 max TV shows that it is beyond 10^6 (Levin and Peres, 12.2).
// Cost: an eigenvalue problem, and 2 n³ for each of about 2 log2(mixing) products.
#include "metrics/spectrum/walk_numbers.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <utility>

#include "core/parallel.hpp"
#include "core/stop.hpp"
#include "metrics/spectrum/spectral_numbers.hpp"
#include "numeric/eigenvalues.hpp"
#include "numeric/packed_matrix.hpp"

namespace attngraph {
namespace {

/// How far an eigenvalue is from 1, and its modulus.
struct FromOne {
  std::complex<double> from_one;
  double of_modulus;
};

void add_token(const Walk& walk, Index token, std::vector<FromOne>& found) {
  const auto row = walk.steps.row(token);
  const double leaves = row.head(token).sum() + row.tail(walk.size() - token - 1).sum();
  found.push_back({leaves, leaves});
}

void add_class(const Walk& walk, const WalkClass& each, std::vector<FromOne>& found) {
  if (each.states.size() == 1) return add_token(walk, each.states.front(), found);
  const auto first = static_cast<std::ptrdiff_t>(found.size());
  for (const auto& value : eigenvalues(within(walk.steps, each.states))) {
    found.push_back({1.0 - value, std::max(0.0, 1.0 - std::abs(value))});
  }
  if (!each.closed) return;
  const auto one = std::min_element(
      found.begin() + first, found.end(),
      [](const auto& a, const auto& b) { return std::abs(a.from_one) < std::abs(b.from_one); });
  *one = {0, 0};  // 1 itself, but for rounding
}

std::vector<FromOne> distances_from_one(const Walk& walk) {
  std::vector<FromOne> found;
  for (const WalkClass& each : walk.classes) add_class(walk, each, found);
  return found;
}

/// Those of all eigenvalues but one that is 1, of the damped walk.
std::vector<FromOne> damped_distances(std::vector<FromOne> all, double damping) {
  // Of a causal head it may be off by the trace of a mask.
  all.erase(std::min_element(all.begin(), all.end(), [](const FromOne& a, const FromOne& b) {
    return std::abs(a.from_one) < std::abs(b.from_one);
  }));
  for (FromOne& each : all) {
    each.from_one = (1 - damping) + damping * each.from_one;
    each.of_modulus = (1 - damping) + damping * each.of_modulus;
  }
  return all;
}

/// gap and kemeny
WalkNumbers of_distances(const std::vector<FromOne>& distances) {
  WalkNumbers numbers;
  numbers.gap = 1;
  numbers.kemeny = 0;
  for (const auto& [from_one, of_modulus] : distances) {
    numbers.gap = std::min(numbers.gap, of_modulus);
    numbers.kemeny += (1.0 / from_one).real();
  }
  // An eigenvalue that a float64 does not tell from 1.
  if (!std::isfinite(numbers.kemeny)) numbers.kemeny = WalkNumbers().kemeny;
  return numbers;
}

bool has_period(const Walk& walk) {
  if (walk.damping < 1) return false;
  return std::any_of(walk.classes.begin(), walk.classes.end(),
                     [&](const WalkClass& each) { return each.closed && period(walk, each) > 1; });
}

/// P^(2^k) for any k; only the first few are kept.
class Squares {
 public:
  explicit Squares(Matrix steps) { kept_.push_back(std::move(steps)); }

  Matrix power(int k) {
    while (static_cast<int>(kept_.size()) <= std::min(k, most_kept - 1)) {
      kept_.push_back(product(kept_.back(), kept_.back()));
    }
    if (k < most_kept) return kept_[static_cast<std::size_t>(k)];
    Matrix p = kept_.back();
    for (int i = most_kept; i <= k; ++i) p = product(p, p);
    return p;
  }

  /// a b, every row divided by its sum, which rounding moves away from 1.
  static Matrix product(const Matrix& a, const Matrix& b) {
    constexpr Index part_rows = 64;
    const PackedMatrix<double> packed(b);
    Matrix c(a.rows(), b.cols());
    parallel_for(static_cast<std::size_t>((a.rows() + part_rows - 1) / part_rows),
                 [&](std::size_t i) {
                   check_stop();
                   const Index first = static_cast<Index>(i) * part_rows;
                   const Index rows = std::min(part_rows, a.rows() - first);
                   packed.multiply(a.row(first).data(), a.cols(), rows, packed.whole(), 1.0,
                                   c.row(first).data(), c.cols());
                   for (Index r = first; r < first + rows; ++r) c.row(r) /= c.row(r).sum();
                 });
    return c;
  }

 private:
  static constexpr int most_kept = 8;
  std::vector<Matrix> kept_;
};

bool is_mixed(const Matrix& power, const Vector& stationary) {
  constexpr double far = .25 * (1 + 1e-12);  // rounding does not decide a tie
  for (Index i = 0; i < power.rows(); ++i) {
    if (.5 * (power.row(i).transpose() - stationary).lpNorm<1>() > far) return false;
  }
  return true;
}

/// NaN where it is beyond 10^6.
double mixing_time(const Walk& walk, const Vector& stationary, double gap) {
  constexpr double most = 1e6, none = std::numeric_limits<double>::quiet_NaN();
  if (most * std::log1p(-gap) > std::log(.5) + 1e-9) return none;
  Squares squares(damped_steps(walk));
  int k = 0;
  Matrix reached = squares.power(0);
  if (is_mixed(reached, stationary)) return 1;
  for (;; ++k) {
    Matrix next = Squares::product(reached, reached);
    if (is_mixed(next, stationary)) break;
    if (std::ldexp(1.0, k + 1) > most) return none;
    reached = std::move(next);
  }
  double steps = std::ldexp(1.0, k);
  while (k-- > 0) {
    Matrix next = Squares::product(reached, squares.power(k));
    if (is_mixed(next, stationary)) continue;
    reached = std::move(next);
    steps += std::ldexp(1.0, k);
  }
  return steps + 1 <= most ? steps + 1 : none;
}

double entropy_rate(const Walk& walk, const Vector& stationary) {
  const Matrix steps = damped_steps(walk);
  double rate = 0;
  for (Index i = 0; i < steps.rows(); ++i) {
    if (stationary[i] > 0) rate += stationary[i] * entropy_of(steps.row(i));
  }
  return rate;
}

}  // namespace

WalkNumbers walk_numbers(const Walk& walk, const Vector& stationary) {
  if (walk.size() == 1) return {0, 0, 0, 0};
  if (!walk.has_one_end()) return {};
  WalkNumbers numbers = of_distances(damped_distances(distances_from_one(walk), walk.damping));
  if (has_period(walk)) numbers.gap = 0;
  if (numbers.gap > 0) numbers.mixing = mixing_time(walk, stationary, numbers.gap);
  numbers.entropy_rate = entropy_rate(walk, stationary);
  return numbers;
}

WalkNumbers triangular_walk_numbers(const Vector& leaves, double damping) {
  if (leaves.size() == 1) return {0, 0, 0, 0};
  if (damping == 1 && (leaves.array() == 0).count() > 1) return {};
  std::vector<FromOne> distances;
  for (const double share : leaves) distances.push_back({share, share});
  WalkNumbers numbers = of_distances(damped_distances(std::move(distances), damping));
  if (damping == 1) numbers.entropy_rate = 0;
  return numbers;
}

}  // namespace attngraph
