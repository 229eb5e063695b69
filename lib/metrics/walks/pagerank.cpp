// x = x G, where row v of G is damping * weights / strength + (1 - damping) * jump, the jump of
// every node being 1 / n unless the walk restarts elsewhere. Requires weights
// >= 0. A causal matrix is solved by substitution, exactly, in one pass. Everything else by Jacobi
// iteration with Anderson's acceleration: dividing by the diagonal makes heads that attend mostly
// to themselves converge as fast as others, where plain power iteration needs 180 steps, and
// acceleration removes the few slow modes that remain. The sum of the residual over 1 - damping
// bounds the error, so the stop is certain. O(edges) for each step, 10 to 20 on dense attention.
#include "metrics/walks/pagerank.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/stop.hpp"
#include "core/text/number_text.hpp"
#include "graph/igraph_door.hpp"
#include "numeric/kernels/kernels.hpp"

namespace attngraph {
namespace {

void check_damping(double damping) {
  if (damping >= 0.0 && damping < 1.0) return;
  throw ArgumentError("$damping", number_text(damping) + " is outside 0 <= damping < 1");
}

// Anderson's acceleration: of the last steps, the combination with the least change goes on. On a
// linear problem that is GMRES, restarted little by little.
class Extrapolation {
 public:
  explicit Extrapolation(Index n) : points_(n, depth), changes_(n, depth) { changes_.setZero(); }

  Vector next(const Vector& x, const Vector& change) {
    if (steps_ > 0) {
      const Index place = (steps_ - 1) % depth;
      changes_.col(place) = change - last_change_;
      const double length = std::max(changes_.col(place).norm(), shortest);
      changes_.col(place) /= length;
      points_.col(place) = (x - last_x_) / length;
      products_.col(place) = changes_.transpose() * changes_.col(place);
      products_.row(place) = products_.col(place).transpose();
      products_(place, place) += ridge;
    }
    last_x_ = x;
    last_change_ = change;
    const Index kept = std::min<Index>(steps_++, depth);
    if (kept == 0) return x + change;
    const Eigen::VectorXd mix = products_.topLeftCorner(kept, kept)
                                    .selfadjointView<Eigen::Lower>()
                                    .llt()
                                    .solve(changes_.leftCols(kept).transpose() * change);
    return x + change - (points_.leftCols(kept) + changes_.leftCols(kept)) * mix;
  }

 private:
  static constexpr Index depth = 5;
  static constexpr double shortest = 1e-300;
  static constexpr double ridge = 1e-14;
  Eigen::MatrixXd points_;
  Eigen::MatrixXd changes_;
  Eigen::Matrix<double, depth, depth> products_;
  Vector last_x_;
  Vector last_change_;
  Index steps_ = 0;
};

Vector anywhere(Index n) { return Vector::Constant(n, 1.0 / static_cast<double>(n)); }

// `push(z, y)` adds z[v] * weight to y at the end of each edge of every node v.
template <typename Push>
Vector walk(const Vector& strength, const Vector& loops, double damping, const Vector& jumps,
            const Push& push) {
  const Index n = strength.size();
  const auto dangling = (strength.array() == 0.0).cast<double>().eval();
  const Vector rate = (strength.array() == 0.0).select(0.0, damping / strength.array());
  const Vector stay = rate.cwiseProduct(loops) + (damping * jumps.array() * dangling).matrix();
  const double tolerance = std::max(1e-13 * (1.0 - damping), 2e-15);
  const auto most_steps =
      200 + static_cast<int>(damping > 0 ? std::log(1e-17) / std::log(damping) : 0);
  Vector x = jumps;
  Vector residual(n);
  Extrapolation extrapolation(n);
  for (int step = 0; step < most_steps; ++step) {
    const double jump = (1.0 - damping) + damping * (x.array() * dangling).sum();
    residual = jump * jumps;
    push(Vector(x.cwiseProduct(rate)), residual);
    residual -= x;
    const Vector change = residual.array() / (1.0 - stay.array());
    if (residual.lpNorm<1>() <= tolerance) {
      x += change;
      break;
    }
    x = extrapolation.next(x, change);
    check_stop();
  }
  return x / x.sum();
}

template <typename Scalar>
bool is_causal(const MatrixOf<Scalar>& weights) {
  for (Index q = 0; q < weights.rows(); ++q) {
    if (!weights.row(q).tail(weights.cols() - q - 1).isZero(0)) return false;
  }
  return true;
}

// Adds to y what reaches each node when all send `z` along their edges.
template <typename Scalar>
void send(const MatrixOf<Scalar>& weights, Direction direction, const Vector& z, Vector& y) {
  const ScalarKernels<Scalar>& kernels = scalar_kernels<Scalar>();
  const auto product =
      direction == Direction::attends ? kernels.add_rows : kernels.add_row_products;
  product(weights.data(), weights.rows(), weights.cols(), z.data(), y.data());
}

// Sums of the weights of the edges that leave each node.
template <typename Scalar>
Vector strengths(const MatrixOf<Scalar>& weights, Direction direction) {
  Vector sums = Vector::Zero(weights.rows());
  const auto against = direction == Direction::attends ? Direction::informs : Direction::attends;
  send(weights, against, Vector::Ones(weights.rows()), sums);
  return sums;
}

// Where no query sees a later key, each equation has one unknown less than the one before. Jumps
// scale all of x alike, so 1 stands for them until the end.
template <typename Scalar>
Vector causal_walk(const MatrixOf<Scalar>& weights, Direction direction, const Vector& strength,
                   double damping, const Vector& restart) {
  const ScalarKernels<Scalar>& kernels = scalar_kernels<Scalar>();
  const Index n = weights.rows();
  const Vector rate = (strength.array() == 0.0).select(0.0, damping / strength.array());
  Vector x = restart.size() > 0 ? restart : Vector::Ones(n);
  if (direction == Direction::attends) {
    for (Index q = n - 1; q >= 0; --q) {
      x[q] /= 1.0 - rate[q] * weights(q, q);
      const double sent = x[q] * rate[q];
      kernels.add_rows(weights.row(q).data(), 1, q, &sent, x.data());
    }
  } else {
    Vector sent(n);
    for (Index q = 0; q < n; ++q) {
      kernels.add_row_products(weights.row(q).data(), 1, q, sent.data(), &x[q]);
      x[q] /= 1.0 - rate[q] * weights(q, q);
      sent[q] = x[q] * rate[q];
    }
  }
  return x / x.sum();
}

Vector pagerank_by_igraph(const Graph& graph, double damping, const Vector& restart) {
  const door::Numbers weights{std::span<const double>(graph.edges().weight)};
  const door::Numbers jumps{
      std::span<const double>(restart.data(), restart.data() + restart.size())};
  door::Numbers result;
  door::checked(door::pagerank(door::igraph(graph.igraph()), weights.get(), damping,
                               restart.size() > 0 ? jumps.get() : nullptr, result.get()),
                "pagerank");
  return result.to_vector();
}

}  // namespace

Vector pagerank(const Graph& graph, double damping, Engine engine, const Vector& restart) {
  check_damping(damping);
  if (engine == Engine::igraph) return pagerank_by_igraph(graph, damping, restart);
  if (!graph.dense()) return pagerank(graph.edges(), damping, restart);
  if (const MatrixF* stored = graph.stored_weights()) {
    return pagerank(*stored, graph.direction(), damping, restart);
  }
  return pagerank(graph.weights(), graph.direction(), damping, restart);
}

Vector pagerank(const EdgeArrays& edges, double damping, const Vector& restart) {
  check_damping(damping);
  Vector strength = Vector::Zero(static_cast<Index>(edges.nodes));
  Vector loops = strength;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    strength[edges.source[i]] += edges.weight[i];
    if (edges.source[i] == edges.target[i]) loops[edges.source[i]] += edges.weight[i];
  }
  const Vector jumps = restart.size() > 0 ? restart : anywhere(strength.size());
  return walk(strength, loops, damping, jumps, [&](const Vector& z, Vector& y) {
    for (std::size_t i = 0; i < edges.size(); ++i) {
      y[edges.target[i]] += z[edges.source[i]] * edges.weight[i];
    }
  });
}

template <typename Scalar>
Vector pagerank(const MatrixOf<Scalar>& weights, Direction direction, double damping,
                const Vector& restart) {
  check_damping(damping);
  const Vector strength = strengths(weights, direction);
  if (is_causal(weights)) return causal_walk(weights, direction, strength, damping, restart);
  const Vector loops = weights.diagonal().template cast<double>();
  const Vector jumps = restart.size() > 0 ? restart : anywhere(strength.size());
  return walk(strength, loops, damping, jumps,
              [&](const Vector& z, Vector& y) { send(weights, direction, z, y); });
}

template Vector pagerank<float>(const MatrixF&, Direction, double, const Vector&);
template Vector pagerank<double>(const Matrix&, Direction, double, const Vector&);

}  // namespace attngraph
