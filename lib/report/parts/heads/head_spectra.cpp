#include "report/parts/heads/head_spectra.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "numeric/eigenvalues.hpp"
#include "numeric/few_eigenvalues.hpp"

namespace attngraph {
namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();
constexpr const char* damped = "ask with $damping 0.99, by which every token is reached";

Vector end_of(const Walk& walk) { return walk.has_one_end() ? stationary(walk) : Vector{}; }

}  // namespace

WalkRules HeadSpectra::walk_rules() const {
  return {options_.direction, attention_.causal() ? Causality::causal : Causality::bidirectional,
          options_.damping};
}

LaplacianScale HeadSpectra::scale() const {
  return options_.laplacian == LaplacianKind::combinatorial ? LaplacianScale::combinatorial
                                                            : LaplacianScale::normalized;
}

bool HeadSpectra::streams() const {
  return options_.modes && 2 * *options_.modes + 1 < attention_.keys();
}

std::size_t HeadSpectra::numbers_of_modes() const {
  return static_cast<std::size_t>(eigenvectors_held(static_cast<Index>(*options_.modes)));
}

std::size_t HeadSpectra::index(std::size_t i) const {
  if (!streams() || i < *options_.modes) return i;
  return attention_.keys() - 2 * *options_.modes + i;
}

Laplacian HeadSpectra::laplacian_of(const Walk& walk, const Vector& stationary, std::size_t l,
                                    std::size_t h) const {
  if (!walk.has_one_end()) {
    throw InputError(attention_.place(l, h),
                     "where a walk ends depends on where it begins, which leaves no directed "
                     "Laplacian",
                     damped);
  }
  Index token = 0;
  if (stationary.minCoeff(&token) > 0) return directed_laplacian(walk, stationary);
  throw InputError(attention_.place(l, h),
                   "a walk leaves token " + std::to_string(token) +
                       " for good, which leaves no directed Laplacian",
                   damped);
}

Laplacian HeadSpectra::laplacian(std::size_t l, std::size_t h) const {
  Matrix weights = attention_.head(l, h);
  if (!options_.of_walk()) return undirected(weights);
  const Walk walk = random_walk(std::move(weights), walk_rules());
  return laplacian_of(walk, end_of(walk), l, h);
}

Laplacian HeadSpectra::undirected(const Matrix& weights) const {
  Matrix s = symmetrized(weights, options_.self_loops);
  return scale() == LaplacianScale::combinatorial ? combinatorial_laplacian(std::move(s))
                                                  : normalized_laplacian(std::move(s));
}

HeadSpectrum HeadSpectra::spectrum(std::size_t l, std::size_t h) const {
  if (streams()) return streamed_spectrum(l, h);
  Matrix weights = attention_.head(l, h);
  HeadSpectrum found{};
  found.log_self = log_self(weights);
  found.singular = singular_numbers(singular_values(weights));
  if (!options_.of_walk()) {
    found.laplacian = laplacian_numbers(attngraph::eigenvalues(undirected(weights)));
  }
  const Walk walk = random_walk(std::move(weights), walk_rules());
  const Vector end = end_of(walk);
  found.walk = walk_numbers(walk, end);
  if (options_.of_walk()) {
    found.laplacian = laplacian_numbers(attngraph::eigenvalues(laplacian_of(walk, end, l, h)));
  }
  return found;
}

HeadSpectrum HeadSpectra::streamed_spectrum(std::size_t l, std::size_t h) const {
  const StreamedHead head(attention_, l, h);
  const StreamedHead::Facts facts = head.facts();
  const StreamedLaplacian laplacian(head, facts, scale(), options_.self_loops);
  const double fiedler = laplacian.smallest(2)[1], largest = laplacian.largest(1)[0];
  const double sigma = facts.squares > 0 ? largest_singular_value(head) : 0;
  HeadSpectrum found{};
  found.laplacian = {fiedler, largest, largest > 0 ? fiedler / largest : 0, no_number, no_number};
  found.singular = {sigma, no_number, sigma > 0 ? facts.squares / (sigma * sigma) : 0};
  found.log_self = log_self(facts);
  found.walk.gap = no_number;
  if (attention_.causal()) found.walk = causal_walk_numbers(facts, walk_rules());
  return found;
}

std::vector<double> HeadSpectra::eigenvalues(std::size_t l, std::size_t h) const {
  if (!streams()) {
    const Vector values = attngraph::eigenvalues(laplacian(l, h));
    return {values.begin(), values.end()};
  }
  const StreamedHead head(attention_, l, h);
  const StreamedLaplacian laplacian(head, head.facts(), scale(), options_.self_loops);
  const auto count = static_cast<Index>(*options_.modes);
  const Vector smallest = laplacian.smallest(count), largest = laplacian.largest(count);
  std::vector<double> values(smallest.begin(), smallest.end());
  values.insert(values.end(), largest.begin(), largest.end());
  return values;
}

SignalNumbers HeadSpectra::signal(std::size_t l, std::size_t h, const Matrix& signal) const {
  if (!streams()) return signal_numbers(laplacian(l, h), signal, options_.cutoff);
  const StreamedHead head(attention_, l, h);
  const StreamedLaplacian laplacian(head, head.facts(), scale(), options_.self_loops);
  double energy = 0;
  for (Index column = 0; column < signal.cols(); ++column) {
    const Vector x = signal.col(column);
    energy += x.dot(laplacian.times(x));
  }
  const double squares = signal.squaredNorm();
  return {energy, squares > 0 ? energy / squares : no_number, no_number, no_number};
}

}  // namespace attngraph
