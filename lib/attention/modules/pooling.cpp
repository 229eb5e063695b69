// Attention pooling: one matrix product and one softmax for each item of the batch, in double.

#include "attention/modules/pooling.hpp"

#include <array>
#include <limits>
#include <string>

#include "attention/computed/projected_heads.hpp"
#include "core/error.hpp"
#include "numeric/softmax.hpp"

namespace attngraph {
namespace {

void check_pooling(const PoolingInput& in) {
  if (in.input.empty()) throw ArgumentError("$input", "is missing");
  if (in.w1.empty()) throw ArgumentError("$w1", "is missing");
  if (in.w2.empty()) throw ArgumentError("$w2", "is missing");
  const auto refuse = [](const char* option, const Tensor& tensor, const std::string& expected) {
    throw InputError(option, "has shape " + shape_text(tensor.shape()) + ", expected " + expected);
  };
  const Shape& shape = in.input.shape();
  if (shape.size() != 2 && shape.size() != 3) {
    refuse("$input", in.input, "[token, width] or [batch, token, width]");
  }
  if (in.w1.rank() != 2 || in.w1.shape()[1] != shape.back()) {
    refuse("$w1", in.w1, "[hidden, " + std::to_string(shape.back()) + "]");
  }
  const std::size_t hidden = in.w1.shape()[0];
  if (!in.b1.empty() && in.b1.shape() != Shape{hidden}) {
    refuse("$b1", in.b1, "[" + std::to_string(hidden) + "]");
  }
  if (in.w2.shape() != Shape{hidden} && in.w2.shape() != Shape{1, hidden}) {
    refuse("$w2", in.w2, "[1, " + std::to_string(hidden) + "]");
  }
  const std::size_t tokens = shape[shape.size() - 2];
  const bool one_mask = in.mask.shape() == Shape{tokens};
  const bool mask_each = shape.size() == 3 && in.mask.shape() == Shape{shape[0], tokens};
  if (!in.mask.empty() && !one_mask && !mask_each) {
    refuse("$mask", in.mask, shape_text(Shape(shape.begin(), shape.end() - 1)));
  }
  const std::array<std::pair<const char*, const Tensor*>, 4> all = {
      {{"$input", &in.input}, {"$w1", &in.w1}, {"$b1", &in.b1}, {"$w2", &in.w2}}};
  for (const auto& [option, tensor] : all) {
    if (!tensor->empty()) check_finite(*tensor, option);
  }
}

std::vector<double> mask_of(const Tensor& mask, std::size_t item) {
  const auto values = (mask.rank() == 2 ? mask.at(0, item) : mask).to_doubles();
  for (const double value : values) {
    if (!is_floating(mask.dtype()) || value == 0 || value == 1) continue;
    throw InputError("$mask",
                     "holds numbers other than 0 and 1, expected 1 where a token takes part");
  }
  return values;
}

}  // namespace

Pooled attention_pooling(const PoolingInput& in) {
  check_pooling(in);
  const bool batched = in.input.rank() == 3;
  const std::size_t items = batched ? in.input.shape()[0] : 1;
  const auto tokens = static_cast<Index>(in.input.shape()[in.input.rank() - 2]);
  const Matrix w1 = matrix_of<double>(in.w1);
  const auto numbers = in.w2.to_doubles();
  const Eigen::Map<const Vector> w2(numbers.data(), w1.rows());
  Pooled pooled{Matrix(static_cast<Index>(items), tokens),
                Matrix(static_cast<Index>(items), w1.cols())};
  for (std::size_t item = 0; item < items; ++item) {
    const Matrix x = matrix_of<double>(batched ? in.input.at(0, item) : in.input);
    Matrix hidden = x * w1.transpose();
    if (!in.b1.empty()) hidden.rowwise() += matrix_of<double>(in.b1.with_axis(0)).row(0);
    auto weights = pooled.weights.row(static_cast<Index>(item));
    weights = (hidden.array().tanh().matrix() * w2).transpose();
    if (!in.mask.empty()) {
      const auto mask = mask_of(in.mask, item);
      for (Index i = 0; i < tokens; ++i) {
        if (mask[i] == 0) weights[i] = -std::numeric_limits<double>::infinity();
      }
    }
    const std::span<double> row(weights.data(), static_cast<std::size_t>(tokens));
    if (!softmax(row)) ++pooled.masked_items;
    pooled.features.row(static_cast<Index>(item)) = weights * x;
  }
  return pooled;
}

}  // namespace attngraph
