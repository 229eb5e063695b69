#include <algorithm>
#include <utility>

#include "reading/arrays/steps/generate_steps.hpp"

namespace attngraph {
namespace {

template <typename Number>
Tensor put_together(const Slices& slices, const std::vector<std::size_t>& items,
                    std::size_t most_keys) {
  const std::size_t heads = slices.front().tensor.shape()[1];
  const std::size_t rows = rows_of(slices);
  std::vector<Number> weights(heads * rows * most_keys, Number(0));
  std::size_t row = 0;
  for (std::size_t s = 0; s < slices.size(); ++s) {
    const NamedTensor& slice = slices[s];
    const std::size_t seen = std::min(keys(slice), most_keys);
    for (std::size_t h = 0; h < heads; ++h) {
      const Tensor head = slice.tensor.at(0, items[s]).at(0, h).slice(1, 0, seen);
      for (std::size_t q = 0; q < queries(slice); ++q) {
        head.at(0, q).copy_to(
            std::span<Number>(weights.data() + (h * rows + row + q) * most_keys, seen));
      }
    }
    row += queries(slice);
  }
  return Tensor::from(std::move(weights), {heads, rows, most_keys});
}

}  // namespace

std::vector<Tensor> Steps::assembled(const std::vector<std::size_t>& rows) const {
  std::vector<Tensor> stack;
  for (const Slices& all : layers) {
    const Slices slices(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(rows.size()));
    if (form == StepForm::whole_squares) {
      stack.push_back(slices.back().tensor.at(0, rows.back()));
      continue;
    }
    const std::size_t most = form == StepForm::fixed_cache ? rows_of(slices) : keys(slices.back());
    stack.push_back(slices.front().tensor.dtype() == Dtype::f64
                        ? put_together<double>(slices, rows, most)
                        : put_together<float>(slices, rows, most));
  }
  return stack;
}

}  // namespace attngraph
