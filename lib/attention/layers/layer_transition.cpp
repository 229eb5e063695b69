// One layer of rollout and attention flow.
//
// Requires finite weights, not negative. Heads are fused one at a time, so memory is two matrices
// [n, n] (and the gradient's head). Discarding selects with nth_element over the indices of the
// non-zero entries: O(n²), and the same entries on every machine, because ties are ordered by
// index. A row of zeros is never divided.

#include "attention/layers/layer_transition.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <string>

#include "core/error.hpp"
#include "core/memory_need.hpp"
#include "numeric/kernels/kernels.hpp"
#include "numeric/normalize_rows.hpp"

namespace attngraph {
namespace {

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

/// mean over heads of max(0, A ∘ gradient); the clamp comes before the mean.
Matrix gradient_weighted(const Attention& stack, std::size_t l, const Tensor& gradient) {
  Matrix fused =
      Matrix::Zero(static_cast<Index>(stack.queries()), static_cast<Index>(stack.keys()));
  Matrix slopes(fused.rows(), fused.cols());
  double count = 0;
  for (std::size_t h = 0; h < stack.heads(); ++h) {
    if (!stack.has(l, h)) continue;
    ++count;
    const auto head = static_cast<std::size_t>(std::get<std::int64_t>(stack.head_label(h)));
    gradient.at(0, head).copy_to(std::span(slopes.data(), static_cast<std::size_t>(slopes.size())));
    if (!slopes.allFinite()) {
      throw InputError("$gradient", "layer " + std::to_string(stack.layer_index(l)) + ", head " +
                                        std::to_string(head) + " holds NaN or infinity");
    }
    fused += stack.head(l, h).cwiseProduct(slopes).cwiseMax(0);
  }
  return fused / count;
}

void discard_smallest(Matrix& weights, double share) {
  std::vector<Index> entries;
  for (Index i = 0; i < weights.size(); ++i) {
    if (weights.data()[i] != 0) entries.push_back(i);
  }
  const auto count = static_cast<std::ptrdiff_t>(share * static_cast<double>(entries.size()));
  const auto smaller = [&](Index a, Index b) {
    const double x = weights.data()[a], y = weights.data()[b];
    return x < y || (x == y && a < b);
  };
  std::nth_element(entries.begin(), entries.begin() + count, entries.end(), smaller);
  for (std::ptrdiff_t i = 0; i < count; ++i) weights.data()[entries[i]] = 0;
}

/// rownorm((1 - share) rownorm(F) + share I): what is put together from two rows that sum to 1 does
/// so as well.
void put_share(Eigen::Ref<Matrix> rows, Index first_row, double share) {
  for (Index i = 0; i < rows.rows(); ++i) {
    const double sum = rows.row(i).sum();
    double& itself = rows(i, first_row + i);
    if (sum > 0) {
      scalar_kernels<double>().scale(rows.row(i).data(), rows.cols(), (1 - share) / sum);
      itself += share;
    } else if (share > 0) {
      itself = 1;
    }
  }
}

/// @param first_row where the rows stand in their matrix
void put_residual(Eigen::Ref<Matrix> rows, Index first_row, const Residual& residual) {
  const auto add_to_diagonal = [&](double value) {
    for (Index i = 0; i < rows.rows(); ++i) rows(i, first_row + i) += value;
  };
  switch (residual.kind) {
    case Residual::Kind::share:
      put_share(rows, first_row, residual.share);
      break;
    case Residual::Kind::none:
      normalize_rows(rows);
      break;
    case Residual::Kind::add:
      add_to_diagonal(1);
      break;
    case Residual::Kind::raw:
      add_to_diagonal(1);
      normalize_rows(rows);
      break;
  }
}

/// Some rows of a layer whose heads are fused, ready to be passed through.
void finish_rows(Matrix& rows, Index first_row, const TransitionOptions& options) {
  const bool by_gradient = !options.gradient.empty();
  const bool sums_changed = options.fuse != Fuse::mean || options.discard > 0;
  if (options.residual.kind == Residual::Kind::add && sums_changed && !by_gradient) {
    normalize_rows(rows);
  }
  put_residual(rows, first_row, options.residual);
}

/// Work on a matrix that is there, or on rows that are made, a few at a time.
/// @param rows_of gives `count` rows from the one at `first_row` on
void in_bands(Index tokens, const BandWork& work,
              const std::function<Matrix(Index first_row, Index count)>& rows_of) {
  constexpr Index rows_in_band = 16;
  const Index bands = (tokens + rows_in_band - 1) / rows_in_band;
  work.on_bands(static_cast<std::size_t>(bands), [&](std::size_t i, Index& first_row) {
    first_row = static_cast<Index>(i) * rows_in_band;
    return rows_of(first_row, std::min(rows_in_band, tokens - first_row));
  });
}

/// The whole matrix of what `rows` hands out in bands.
template <typename Scalar>
MatrixOf<Scalar> collected(std::size_t tokens, const std::function<void(const BandWork&)>& rows) {
  MatrixOf<Scalar> whole(static_cast<Index>(tokens), static_cast<Index>(tokens));
  rows({[&](std::size_t, Index first_row, const Matrix& band) {
          whole.middleRows(first_row, band.rows()) = band.cast<Scalar>();
        },
        nullptr});
  return whole;
}

/// The layers that are asked about, by their numbers in the file: `0 to 4`, `0, 2 to 4`.
std::string layers_text(const Attention& stack) {
  std::string text;
  for (std::size_t first = 0, end = 0; first < stack.layers(); first = end) {
    do {
      ++end;
    } while (end < stack.layers() && stack.layer_index(end) == stack.layer_index(end - 1) + 1);
    if (!text.empty()) text += ", ";
    text += std::to_string(stack.layer_index(first));
    if (end - first > 1) text += " to " + std::to_string(stack.layer_index(end - 1));
  }
  return text;
}

std::size_t layer_position(const Attention& stack, std::int64_t layer, const std::string& option) {
  const auto count = static_cast<std::int64_t>(stack.layers());
  if (layer < 0 && layer >= -count) return static_cast<std::size_t>(count + layer);
  for (std::size_t l = 0; l < stack.layers(); ++l) {
    if (stack.layer_index(l) == layer) return l;
  }
  throw ArgumentError(option, "there is no layer " + std::to_string(layer) + ", expected one of " +
                                  layers_text(stack));
}

/// A layer of which no head is asked about would pass nothing on.
void check_layers(const Attention& stack) {
  std::vector<bool> found(stack.layers());
  for (const SelectedHead& head : stack.present()) found[head.l] = true;
  const auto missing = std::find(found.begin(), found.end(), false);
  if (missing == found.end()) return;
  const auto l = static_cast<std::size_t>(missing - found.begin());
  throw InputError(stack.source() + ": layer " + std::to_string(stack.layer_index(l)),
                   "has no edges of these heads, and a way through the layers needs some in each",
                   "choose with $head heads that each layer has, or leave $head out");
}

void check_gradient(const Attention& stack, const std::vector<Tensor>& gradient) {
  if (stack.fused()) {
    throw ArgumentError("$gradient", "heads are fused already, expected single heads");
  }
  for (std::size_t l = 0; l < stack.layers(); ++l) {
    const auto layer = static_cast<std::size_t>(stack.layer_index(l));
    const std::string where = "$gradient: layer " + std::to_string(layer);
    if (layer >= gradient.size()) throw InputError(where, "is missing");
    const Shape& shape = gradient[layer].shape();
    const auto last = std::get<std::int64_t>(stack.head_label(stack.heads() - 1));
    if (shape.size() != 3 || shape[0] <= static_cast<std::size_t>(last) ||
        shape[1] != stack.queries() || shape[2] != stack.keys()) {
      throw InputError(where, "has shape " + shape_text(shape) +
                                  ", expected the shape of the attention, " +
                                  std::to_string(stack.queries()) + " x " +
                                  std::to_string(stack.keys()) + " for each head");
    }
  }
}

}  // namespace

Residual residual_named(std::string_view text) {
  if (text == "none") return {Residual::Kind::none, 0};
  if (text == "add") return {Residual::Kind::add, 0};
  if (text == "raw") return {Residual::Kind::raw, 0};
  const auto share = number(text);
  if (!share || !(*share >= 0 && *share <= 1)) {
    throw ArgumentError(
        "$residual", "'" + std::string(text) + "' is not a number from 0 to 1, none, add or raw");
  }
  return {Residual::Kind::share, *share};
}

LayerRange layer_range(const Attention& stack, std::optional<std::int64_t> start,
                       std::optional<std::int64_t> end) {
  LayerRange range{0, stack.layers() - 1};
  if (start) range.first = layer_position(stack, *start, "$start-layer");
  if (end) range.last = layer_position(stack, *end, "$end-layer");
  if (range.last < range.first) throw ArgumentError("$end-layer", "is before $start-layer");
  return range;
}

void check_transitions(const Attention& stack, const TransitionOptions& options) {
  if (stack.cross() && stack.queries() == stack.keys()) {
    throw InputError(stack.source(), "is cross-attention, expected self-attention",
                     "a way through the layers needs queries and keys of one sequence");
  }
  if (stack.queries() != stack.keys()) {
    throw InputError(stack.source(), "has " + std::to_string(stack.queries()) + " queries and " +
                                         std::to_string(stack.keys()) +
                                         " keys, expected self-attention with as many of each");
  }
  check_layers(stack);
  if (!(options.discard >= 0 && options.discard < 1)) {
    throw ArgumentError("$discard", "is not a number from 0 to below 1");
  }
  if (options.gradient.empty()) return;
  if (options.fuse != Fuse::mean) {
    throw ArgumentError("$fuse", "with $gradient heads are fused by their mean");
  }
  check_gradient(stack, options.gradient);
}

void transition_rows(const Attention& stack, std::size_t l, const TransitionOptions& options,
                     const BandWork& work) {
  const BandWork finished{[&](std::size_t i, Index first_row, Matrix& rows) {
                            finish_rows(rows, first_row, options);
                            work.work(i, first_row, rows);
                          },
                          work.finish};
  if (!transition_needs_matrix(options)) return stack.fused_rows(l, options.fuse, finished);
  Matrix fused =
      options.gradient.empty()
          ? stack.fused_layer(l, options.fuse)
          : gradient_weighted(stack, l,
                              options.gradient[static_cast<std::size_t>(stack.layer_index(l))]);
  if (options.discard > 0) discard_smallest(fused, options.discard);
  in_bands(fused.rows(), finished, [&](Index first_row, Index count) -> Matrix {
    return fused.middleRows(first_row, count);
  });
}

template <typename Scalar>
MatrixOf<Scalar> layer_transition(const Attention& stack, std::size_t l,
                                  const TransitionOptions& options) {
  return collected<Scalar>(stack.queries(),
                           [&](const BandWork& work) { transition_rows(stack, l, options, work); });
}

template Matrix layer_transition<double>(const Attention&, std::size_t, const TransitionOptions&);
template MatrixF layer_transition<float>(const Attention&, std::size_t, const TransitionOptions&);

std::vector<Matrix> layer_transitions(const Attention& stack, LayerRange range,
                                      const TransitionOptions& options) {
  const std::size_t layers = range.last - range.first + 1;
  check_memory(stack.limits(), {2 * layers, stack.queries(), stack.keys(), sizeof(double)},
               "the matrices of all layers", "choose fewer layers or tokens");
  std::vector<Matrix> transitions;
  for (std::size_t l = range.first; l <= range.last; ++l) {
    transitions.push_back(layer_transition<double>(stack, l, options));
  }
  return transitions;
}

void uniform_causal_rows(std::size_t tokens, const Residual& residual, const BandWork& work) {
  const auto n = static_cast<Index>(tokens);
  in_bands(n, work, [&](Index first_row, Index count) {
    Matrix rows = Matrix::Zero(count, n);
    for (Index r = 0; r < count; ++r) {
      const Index seen = first_row + r + 1;
      rows.row(r).head(seen).setConstant(1.0 / static_cast<double>(seen));
    }
    put_residual(rows, first_row, residual);
    return rows;
  });
}

Matrix uniform_causal_transition(std::size_t tokens, const Residual& residual) {
  return collected<double>(
      tokens, [&](const BandWork& work) { uniform_causal_rows(tokens, residual, work); });
}

}  // namespace attngraph
