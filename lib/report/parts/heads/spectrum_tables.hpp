#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "attention/head_label.hpp"
#include "metrics/spectrum/signal.hpp"
#include "metrics/spectrum/spectral_numbers.hpp"
#include "metrics/spectrum/walk_numbers.hpp"
#include "report/answer/table.hpp"

namespace attngraph {

/// What the spectra of one head say.
struct HeadSpectrum {
  LaplacianNumbers laplacian;
  SingularNumbers singular;
  WalkNumbers walk;
  double log_self;
};

struct SpectrumRow {
  std::int64_t layer;
  HeadLabel head;
  HeadSpectrum numbers;
};
Table<SpectrumRow> spectrum_table(bool fused);

struct EigenvalueRow {
  std::int64_t layer;
  HeadLabel head;
  std::size_t index;
  double value;
};
Table<EigenvalueRow> eigenvalue_table(bool fused);

/// An eigenvalue of a triangular matrix, which is of a token.
struct TokenEigenvalueRow {
  std::int64_t layer;
  HeadLabel head;
  std::size_t index;
  double value;
  std::string label;
};
Table<TokenEigenvalueRow> token_eigenvalue_table(bool fused, Known labels);

struct SignalRow {
  std::int64_t layer;
  HeadLabel head;
  SignalNumbers numbers;
};
Table<SignalRow> signal_table(bool fused);

}  // namespace attngraph
