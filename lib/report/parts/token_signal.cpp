#include "report/parts/token_signal.hpp"

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include "attention/attention.hpp"
#include "attention/computed/projected_heads.hpp"
#include "core/error.hpp"

namespace attngraph {
namespace {

std::size_t tokens_of_file(const Attention& attention) {
  return attention.merged() ? attention.merged()->keys.tokens() : attention.keys();
}

void check_tokens_are_single(const Attention& attention) {
  if (!attention.merged()) return;
  const auto sizes = attention.merged()->keys.sizes();
  if (std::all_of(sizes.begin(), sizes.end(), [](std::size_t size) { return size == 1; })) return;
  throw ArgumentError("$signal", "has a row for each token, and tokens are put together",
                      "ask about single tokens");
}

std::string expected(const Attention& attention) {
  const std::string tokens = std::to_string(tokens_of_file(attention));
  const std::string layers = std::to_string(attention.file_layers());
  return "[" + tokens + ", width], [" + layers + ", " + tokens + ", width] or [" + layers + ", " +
         std::to_string(attention.file_heads()) + ", " + tokens + ", width]";
}

void check_shape(const Tensor& signal, const Attention& attention) {
  const Shape& shape = signal.shape();
  const std::size_t rank = shape.size();
  const std::size_t layers = attention.file_layers();
  const bool fits = rank >= 2 && rank <= 4 && shape[rank - 2] == tokens_of_file(attention) &&
                    shape[rank - 1] > 0 && (rank < 3 || shape[0] == layers) &&
                    (rank < 4 || shape[1] == attention.file_heads());
  if (fits) return;
  const bool embeddings = rank == 3 && shape[0] == layers + 1;
  throw InputError("$signal",
                   "has shape " + shape_text(shape) + ", expected " + expected(attention),
                   embeddings ? "hidden states begin with the embeddings: save [:-1] for what each "
                                "layer reads, [1:] for what it writes"
                              : "");
}

}  // namespace

TokenSignal::TokenSignal(const Tensor& signal, const Attention& attention)
    : attention_(attention), signal_(signal) {
  check_tokens_are_single(attention);
  check_shape(signal, attention);
  if (signal.rank() == 4 && attention.fused()) {
    throw ArgumentError("$fuse", "leaves no single heads, which a signal with heads needs");
  }
  check_finite(signal, "$signal");
}

Matrix TokenSignal::of(std::size_t l, std::size_t h) const {
  Tensor view = signal_;
  if (view.rank() > 2) view = view.at(0, static_cast<std::size_t>(attention_.layer_index(l)));
  if (view.rank() > 2) {
    const auto head = std::get<std::int64_t>(attention_.head_label(h));
    view = view.at(0, static_cast<std::size_t>(head));
  }
  Matrix rows = matrix_of<double>(view);
  constexpr double largest = 1e140;
  if (rows.cwiseAbs().maxCoeff() > largest) {
    throw InputError("$signal", "holds numbers so large that the sum of their squares overflows",
                     "divide it by a power of ten: energies become smaller by its square");
  }
  if (!attention_.merged()) return rows;
  const std::vector<std::int32_t>& node = attention_.merged()->keys.node;
  Matrix left(static_cast<Index>(attention_.keys()), rows.cols());
  for (std::size_t token = 0; token < node.size(); ++token) {
    if (node[token] >= 0) left.row(node[token]) = rows.row(static_cast<Index>(token));
  }
  return left;
}

}  // namespace attngraph
