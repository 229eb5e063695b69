// Queries, keys and values of one head.
//
// A head is a slice of columns, so only the rows of the projection that make this head are
// multiplied: O(tokens * in * width) a head, and never more than one head in memory.

#include "attention/computed/projected_heads.hpp"

#include <cmath>

#include "core/error.hpp"
#include "numeric/kernels/kernels.hpp"

namespace attngraph {
namespace {

void check_finite_at(const Tensor& tensor, const std::string& option, const std::string& place) {
  if (tensor.rank() > 1) {
    for (std::size_t i = 0; i < tensor.shape()[0]; ++i) {
      check_finite_at(tensor.at(0, i), option, place + std::to_string(i) + ", ");
    }
    return;
  }
  const auto values = tensor.to_doubles();
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isfinite(values[i])) continue;
    throw InputError(option, "[" + place + std::to_string(i) + "] is " +
                                 (std::isnan(values[i]) ? "NaN" : "infinite") +
                                 ", expected finite numbers");
  }
}

/// Whether all numbers are finite, where that is seen without converting them.
bool is_known_finite(const Tensor& tensor) {
  const auto all_finite = [&]<typename Scalar>(const Scalar* numbers) {
    return scalar_kernels<Scalar>().all_finite(numbers, static_cast<std::ptrdiff_t>(tensor.size()));
  };
  if (const float* numbers = tensor.native<float>()) return all_finite(numbers);
  if (const double* numbers = tensor.native<double>()) return all_finite(numbers);
  return false;
}

}  // namespace

ProjectedHeads::ProjectedHeads(Tensor tokens, Tensor weight, Tensor bias, Layout layout)
    : tokens_(std::move(tokens)),
      weight_(std::move(weight)),
      bias_(std::move(bias)),
      layout_(layout) {}

template <typename Scalar>
MatrixOf<Scalar> ProjectedHeads::head(std::size_t place, std::size_t head) const {
  const Tensor item = tokens_.at(0, place);
  if (item.rank() == 3) return matrix_of<Scalar>(item.at(0, head));
  const std::size_t slice = item.shape()[1] / layout_.heads;
  if (weight_.empty()) return matrix_of<Scalar>(item.slice(1, head * slice, slice));
  const std::size_t first = layout_.shared ? 0 : head * layout_.width;
  const auto input = matrix_of<Scalar>(layout_.shared ? item.slice(1, head * slice, slice) : item);
  const auto weight = matrix_of<Scalar>(weight_.slice(0, first, layout_.width));
  MatrixOf<Scalar> rows = input * weight.transpose();
  if (!bias_.empty()) {
    const auto bias = matrix_of<Scalar>(bias_.slice(0, first, layout_.width).with_axis(0));
    rows.rowwise() += bias.row(0);
  }
  return rows;
}

template MatrixF ProjectedHeads::head<float>(std::size_t, std::size_t) const;
template Matrix ProjectedHeads::head<double>(std::size_t, std::size_t) const;

template <typename Scalar>
MatrixOf<Scalar> matrix_of(const Tensor& tensor) {
  MatrixOf<Scalar> matrix(static_cast<Index>(tensor.shape()[0]),
                          static_cast<Index>(tensor.shape()[1]));
  tensor.copy_to(std::span<Scalar>(matrix.data(), static_cast<std::size_t>(matrix.size())));
  return matrix;
}

template MatrixF matrix_of<float>(const Tensor&);
template Matrix matrix_of<double>(const Tensor&);

void check_finite(const Tensor& tensor, const std::string& option) {
  if (is_floating(tensor.dtype()) && !is_known_finite(tensor)) check_finite_at(tensor, option, "");
}

}  // namespace attngraph
