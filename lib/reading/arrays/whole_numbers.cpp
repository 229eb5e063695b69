#include "reading/arrays/whole_numbers.hpp"

#include <algorithm>
#include <cmath>

namespace attngraph {

std::vector<double> numbers_in_front(const Tensor& tensor) {
  constexpr std::size_t looked_at = 1024;
  Tensor front = tensor;
  for (std::size_t axis = 0; axis < tensor.rank(); ++axis) {
    front = front.slice(axis, 0, std::min(looked_at, tensor.shape()[axis]));
  }
  return front.to_doubles();
}

bool holds_whole_numbers(const Tensor& tensor) {
  if (tensor.size() == 0) return false;
  const auto numbers = numbers_in_front(tensor);
  return std::all_of(numbers.begin(), numbers.end(), [](double number) {
    return number >= 0 && std::isfinite(number) && number == std::floor(number);
  });
}

}  // namespace attngraph
