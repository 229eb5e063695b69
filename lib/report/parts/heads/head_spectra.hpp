#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "metrics/spectrum/few_modes.hpp"
#include "metrics/spectrum/laplacian.hpp"
#include "metrics/spectrum/signal.hpp"
#include "report/parts/heads/spectrum_tables.hpp"
#include "report/questions/spectrum.hpp"

namespace attngraph {

class Attention;

/// Finds what the command spectrum says about one head after the other, whole in memory or, with
/// modes, from blocks of its rows.
class HeadSpectra {
 public:
  /// Both must live as long as this.
  HeadSpectra(const Attention& attention, const SpectrumOptions& options)
      : attention_(attention), options_(options) {}

  /// May be asked by several threads at once.
  /// @throws InputError where a walk has no directed Laplacian
  HeadSpectrum spectrum(std::size_t l, std::size_t h) const;
  /// Ascending; with modes some of both ends.
  std::vector<double> eigenvalues(std::size_t l, std::size_t h) const;
  /// @param signal [token, width]
  SignalNumbers signal(std::size_t l, std::size_t h, const Matrix& signal) const;

  /// Blocks of rows are enough: fewer modes are asked for than there are.
  bool streams() const;
  /// How many numbers for each token it takes to find the modes in such blocks.
  std::size_t numbers_of_modes() const;
  /// The place among all eigenvalues of the one at `i`.
  std::size_t index(std::size_t i) const;

 private:
  const Attention& attention_;
  const SpectrumOptions& options_;

  Laplacian laplacian(std::size_t l, std::size_t h) const;
  Laplacian undirected(const Matrix& weights) const;
  Laplacian laplacian_of(const Walk& walk, const Vector& stationary, std::size_t l,
                         std::size_t h) const;
  HeadSpectrum streamed_spectrum(std::size_t l, std::size_t h) const;
  LaplacianScale scale() const;
  WalkRules walk_rules() const;
};

}  // namespace attngraph
