#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "core/index_list.hpp"
#include "graph/edge_arrays.hpp"
#include "report/answer/columns.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

class Attention;
class Sink;

/// Of which matrix the eigenvalues are; `layers`: of a causal head across its layer and the next.
enum class LaplacianKind { normalized, combinatorial, directed, layers };

struct SpectrumOptions {
  LaplacianKind laplacian = LaplacianKind::normalized;
  /// Of the undirected ones.
  SelfLoops self_loops = SelfLoops::keep;
  /// Every eigenvalue, in place of numbers about them.
  bool eigenvalues = false;
  /// How far a signal on the tokens follows the edges, in place of them.
  bool has_signal = false;
  /// [token, width] for every head, or with layers, or layers and heads, in front.
  Tensor signal = {};
  /// The share of modes that are the highest ones.
  double cutoff = 0.1;
  /// Of the walk, and of the directed Laplacian that is made of it.
  Direction direction = Direction::attends;
  double damping = 1;
  /// So many of the smallest and of the largest eigenvalues, and what needs no more.
  std::optional<std::size_t> modes = {};
  /// With `layers` the attention has every layer of its file, and these are shown.
  IndexList shown_layers = {};
  /// The column that colours a map of the heads; empty: the first.
  std::string color_by = {};

  bool of_walk() const { return laplacian == LaplacianKind::directed; }
  bool of_layers() const { return laplacian == LaplacianKind::layers; }
};

/// What can be known without the attention. @throws ArgumentError
void check_options(const SpectrumOptions& options);

/// What its rows have.
AnswerColumns spectrum_columns(const SpectrumOptions& options);

/// How well each head is connected and how fast it mixes. Rows
/// `layer,head,fiedler,largest,ratio,entropy,high,sigma,effective_rank,stable_rank,gap,mixing,
/// kemeny,entropy_rate,log_self`; with `eigenvalues` `layer,head,index,value`; with layers
/// `index_label`, too, and the index is a token's; with a signal
/// `layer,head,energy,smoothness,signal_entropy,signal_high`. Every number is a double, NaN where
/// there is none.
/// @throws InputError for cross-attention, a signal of another shape, a walk that has no directed
///   Laplacian, and where `layers` is asked of attention that is not causal or has one layer
void spectrum_report(const Attention& attention, const SpectrumOptions& options, Sink& sink);

}  // namespace attngraph
