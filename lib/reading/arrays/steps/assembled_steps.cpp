#include <algorithm>
#include <cmath>
#include <utility>

#include "reading/arrays/steps/cache_window.hpp"
#include "reading/arrays/steps/generate_steps.hpp"

namespace attngraph {
namespace {

/// What the rows of a layer are put into.
struct Columns {
  std::size_t count;
  /// Those of the last key of each step.
  std::vector<std::size_t> ends;
};

Columns columns_of(const Slices& slices, const Steps& steps) {
  Columns columns{steps.before, {}};
  if (steps.form == StepForm::cross) {
    return {keys(slices.back()), std::vector(slices.size(), keys(slices.back()))};
  }
  for (const NamedTensor& slice : slices) {
    columns.count += queries(slice);
    columns.ends.push_back(columns.count);
  }
  return columns;
}

/// A masked query gives all keys of the cache as much, and so those that are left.
/// @param whole its row over all of the cache
template <typename Number>
void keep_share_of_masked(const Tensor& whole, std::span<Number> kept) {
  constexpr double tolerance = 0.01;
  const auto row = whole.to_doubles();
  const double sum = row.front() * static_cast<double>(row.size());
  if (!is_masked(row) || !(std::abs(sum - 1) <= tolerance)) return;
  std::fill(kept.begin(), kept.end(), Number(1) / static_cast<Number>(kept.size()));
}

template <typename Number>
Tensor put_together(const Slices& slices, const std::vector<std::size_t>& items,
                    const Columns& columns) {
  const std::size_t heads = slices.front().tensor.shape()[1];
  const std::size_t rows = rows_of(slices), most_keys = columns.count;
  std::vector<Number> weights(heads * rows * most_keys, Number(0));
  std::size_t row = 0;
  for (std::size_t s = 0; s < slices.size(); ++s) {
    const NamedTensor& slice = slices[s];
    const std::size_t seen = std::min(keys(slice), columns.ends[s]);
    const std::size_t first = columns.ends[s] - seen;
    for (std::size_t h = 0; h < heads; ++h) {
      const Tensor head = slice.tensor.at(0, items[s]).at(0, h);
      for (std::size_t q = 0; q < queries(slice); ++q) {
        const std::span<Number> kept(weights.data() + (h * rows + row + q) * most_keys + first,
                                     seen);
        const Tensor whole = head.at(0, q);
        whole.slice(0, 0, seen).copy_to(kept);
        if (queries(slice) > 1 && seen < keys(slice)) keep_share_of_masked(whole, kept);
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
    if (is_whole(form)) {
      stack.push_back(slices.back().tensor.at(0, rows.back()));
      continue;
    }
    const Columns columns = columns_of(slices, *this);
    stack.push_back(slices.front().tensor.dtype() == Dtype::f64
                        ? put_together<double>(slices, rows, columns)
                        : put_together<float>(slices, rows, columns));
  }
  return stack;
}

}  // namespace attngraph
