// Lanczos' iteration with thick restarts (Wu and Simon 2000), written as Rayleigh and Ritz have it:
// the best pairs of a space that grows by one residual, orthogonal to all of it, and when it is
// full shrinks to its best half. A residual that is rounding alone says that the space is closed:
// then a random direction goes on, so matrices with few different eigenvalues do no harm. From one
// start a repeated eigenvalue is seen once, so what is found is taken out and the rest asked for
// its largest, until that is no larger than the last of those found. Cost: some tens of products
// with A, and O(n count) numbers.
#include "numeric/few_eigenvalues.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/stop.hpp"

namespace attngraph {
namespace {

/// Of residuals, relative to the largest eigenvalue; what eigenvalues are off by is its square over
/// their distance.
constexpr double tolerance = 1e-9;
constexpr int most_products = 2000;

struct Pair {
  double value;
  Vector vector;
};

/// Of so many vectors the space is made in which pairs are looked for.
Index space_for(Index count) { return std::max<Index>(2 * count + 10, 40); }

void take_out(const Eigen::MatrixXd& basis, Vector& x) {
  for (int twice = 0; twice < 2; ++twice) x -= basis * (basis.transpose() * x);
}

class Iteration {
 public:
  /// @param found is taken out of A; columns of length 1, orthogonal to each other
  Iteration(const LinearMap& apply, const Eigen::MatrixXd& found, Index count)
      : apply_(apply),
        found_(found),
        count_(count),
        size_(found.rows()),
        most_(std::min(size_ - found.cols(), space_for(count))) {
    basis_.resize(size_, most_);
    images_.resize(size_, most_);
  }

  std::vector<Pair> pairs() {
    Vector next = random_direction();
    for (int products = 0; products < most_products; ++products) {
      check_stop();
      grow(std::move(next));
      if (used_ < std::min(count_, most_)) {
        next = random_direction();
        continue;
      }
      find_best();
      const Index open = first_open();
      if (open < 0) return best();
      next = residual(open);
      if (used_ == most_) shrink();
    }
    throw LimitError("eigenvalues",
                     "no convergence after " + std::to_string(most_products) + " products",
                     "ask for more of them, or for all");
  }

 private:
  const LinearMap& apply_;
  const Eigen::MatrixXd& found_;
  Index count_;
  Index size_;
  Index most_;
  Index used_ = 0;
  Eigen::MatrixXd basis_;
  Eigen::MatrixXd images_;
  /// Of the best pairs, descending, and what makes their vectors of the basis.
  Vector values_;
  Eigen::MatrixXd mix_;
  std::mt19937_64 random_{1};

  Vector random_direction() {
    std::normal_distribution<double> normal;
    return Vector::NullaryExpr(size_, [&] { return normal(random_); });
  }

  /// By what is new in a direction.
  void grow(Vector direction) {
    for (;;) {
      const double before = direction.norm();
      take_out(found_, direction);
      take_out(basis_.leftCols(used_), direction);
      const double left = direction.norm();
      if (left > 1e-8 * before && left > 1e-300) break;
      direction = random_direction();
    }
    direction.normalize();
    take_out(basis_.leftCols(used_), direction);
    basis_.col(used_) = direction.normalized();
    Vector image = apply_(basis_.col(used_));
    take_out(found_, image);
    images_.col(used_++) = image;
  }

  void find_best() {
    const Eigen::MatrixXd h = basis_.leftCols(used_).transpose() * images_.leftCols(used_);
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(.5 * (h + h.transpose()));
    values_ = solver.eigenvalues().reverse();
    mix_ = solver.eigenvectors().rowwise().reverse();
  }

  Vector residual(Index i) const {
    return images_.leftCols(used_) * mix_.col(i) -
           values_[i] * (basis_.leftCols(used_) * mix_.col(i));
  }

  /// The first of the wanted pairs that is not exact enough; -1 where all are.
  Index first_open() const {
    if (used_ == size_ - found_.cols()) return -1;
    for (Index i = 0; i < std::min(count_, used_); ++i) {
      if (residual(i).norm() > tolerance * values_[0]) return i;
    }
    return -1;
  }

  void shrink() {
    const Index kept = std::min(most_ - 1, count_ + (most_ - count_) / 2);
    basis_.leftCols(kept) = (basis_ * mix_.leftCols(kept)).eval();
    images_.leftCols(kept) = (images_ * mix_.leftCols(kept)).eval();
    used_ = kept;
  }

  std::vector<Pair> best() const {
    std::vector<Pair> pairs;
    for (Index i = 0; i < std::min(count_, used_); ++i) {
      pairs.push_back({values_[i], (basis_.leftCols(used_) * mix_.col(i)).normalized()});
    }
    return pairs;
  }
};

Eigen::MatrixXd columns_of(const std::vector<Pair>& pairs, Index size) {
  Eigen::MatrixXd columns(size, static_cast<Index>(pairs.size()));
  for (std::size_t i = 0; i < pairs.size(); ++i)
    columns.col(static_cast<Index>(i)) = pairs[i].vector;
  return columns;
}

}  // namespace

// The space, its images, and a copy where they shrink.
Index eigenvectors_held(Index count) { return 3 * space_for(count); }

Vector largest_eigenvalues(const LinearMap& apply, Index size, Index count) {
  const auto larger = [](const Pair& a, const Pair& b) { return a.value > b.value; };
  std::vector<Pair> found = Iteration(apply, Eigen::MatrixXd(size, 0), count).pairs();
  while (static_cast<Index>(found.size()) < size) {
    const Eigen::MatrixXd columns = columns_of(found, size);
    const Pair next = Iteration(apply, columns, 1).pairs().front();
    const double last = found[static_cast<std::size_t>(count) - 1].value;
    if (next.value <= last + tolerance * found.front().value) break;
    found.insert(std::upper_bound(found.begin(), found.end(), next, larger), next);
  }
  Vector values(count);
  for (Index i = 0; i < count; ++i) values[i] = found[static_cast<std::size_t>(i)].value;
  return values;
}

}  // namespace attngraph
