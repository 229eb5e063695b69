#include "report/parts/heads/head_values.hpp"

#include <string>
#include <variant>

#include "attention/attention.hpp"
#include "attention/computed/projected_heads.hpp"
#include "core/error.hpp"

namespace attngraph {

void check_values(const Attention& stack, const Tensor& value) {
  const Shape& shape = value.shape();
  const std::size_t rank = shape.size();
  const auto expected = "[layer, head, " + std::to_string(stack.keys()) + ", width]";
  if (rank < 2 || rank > 4 || shape[rank - 2] != stack.keys()) {
    throw InputError("$value", "has shape " + shape_text(shape) + ", expected " + expected);
  }
  check_finite(value, "$value");
  if (rank == 2) return;
  if (stack.fused()) {
    throw ArgumentError("$fuse", "leaves no single heads, which values [head, key, width] need");
  }
  const auto layer = static_cast<std::size_t>(stack.layer_index(stack.layers() - 1));
  const auto head =
      static_cast<std::size_t>(std::get<std::int64_t>(stack.head_label(stack.heads() - 1)));
  const bool layers_fit = rank == 4 ? layer < shape[0] : stack.layers() == 1;
  if (!layers_fit || head >= shape[rank - 3]) {
    throw InputError("$value", "has shape " + shape_text(shape) +
                                   ", expected the layers and heads of the attention: " + expected);
  }
}

Matrix values_of(const Tensor& value, std::int64_t layer, const HeadLabel& head) {
  if (value.empty()) return {};
  Tensor view = value;
  if (view.rank() == 4) view = view.at(0, static_cast<std::size_t>(layer));
  if (view.rank() == 3) view = view.at(0, static_cast<std::size_t>(std::get<std::int64_t>(head)));
  return matrix_of<double>(view);
}

}  // namespace attngraph
