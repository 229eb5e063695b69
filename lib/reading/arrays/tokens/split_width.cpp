#include "reading/arrays/tokens/split_width.hpp"

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"

namespace attngraph {
namespace {

template <typename Number>
Tensor split(const Tensor& values, std::size_t heads) {
  const std::size_t layers = values.shape()[0], tokens = values.shape()[1];
  const std::size_t width = values.shape()[2] / heads;
  std::vector<Number> numbers(values.size());
  Number* out = numbers.data();
  for (std::size_t l = 0; l < layers; ++l) {
    const Tensor layer = values.at(0, l);
    for (std::size_t h = 0; h < heads; ++h, out += tokens * width) {
      layer.slice(1, h * width, width).copy_to(std::span<Number>(out, tokens * width));
    }
  }
  return Tensor::from(std::move(numbers), {layers, heads, tokens, width});
}

}  // namespace

Tensor split_width(const Tensor& values, std::size_t heads) {
  if (heads == 0 || values.shape()[2] % heads != 0) {
    throw ArgumentError("$heads", "is " + std::to_string(heads) + ", and the width of values, " +
                                      std::to_string(values.shape()[2]) + ", is no multiple of it");
  }
  return values.dtype() == Dtype::f64 ? split<double>(values, heads) : split<float>(values, heads);
}

}  // namespace attngraph
