// Graph attention on edges.
//
// aᵀ [h_i W ‖ h_j W] is a₁ᵀ h_i W + a₂ᵀ h_j W, so v1 needs two numbers for each node and one
// addition for each edge; v2 has its nonlinearity before the dot product and needs F' operations
// for each edge. Everything in double, over compressed rows.

#include "attention/modules/graph_attention.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>

#include "attention/computed/projected_heads.hpp"
#include "core/error.hpp"
#include "numeric/softmax.hpp"

namespace attngraph {
namespace {

void check_size(const Tensor& tensor, const char* option, std::size_t heads, std::size_t size) {
  const bool fits = tensor.size() == heads * size &&
                    (heads == 1 || (tensor.rank() > 1 && tensor.shape()[0] == heads));
  if (fits) return;
  const std::string expected = heads == 1 ? "[" : "[" + std::to_string(heads) + ", ";
  throw InputError(option, "has shape " + shape_text(tensor.shape()) + ", expected " + expected +
                               std::to_string(size) + "]");
}

double leaky(double x, double slope) { return x > 0 ? x : slope * x; }

}  // namespace

GraphAttention::GraphAttention(GraphAttentionInput input, Neighbours neighbours,
                               GraphAttentionOptions options)
    : input_(std::move(input)), neighbours_(std::move(neighbours)), options_(options) {
  if (input_.features.rank() != 2 || input_.features.shape()[0] != neighbours_.nodes()) {
    throw InputError("$features", "has shape " + shape_text(input_.features.shape()) +
                                      ", expected [" + std::to_string(neighbours_.nodes()) +
                                      ", width], one row for each node");
  }
  if (input_.weight.empty()) throw ArgumentError("$weight", "is missing");
  if (input_.attention.empty()) throw ArgumentError("$attention", "is missing");
  const bool v2 = options_.variant == GatVariant::v2;
  const Shape& shape = input_.weight.shape();
  const std::size_t rank = shape.size();
  const std::size_t in = input_.features.shape()[1] * (v2 ? 2 : 1);
  if ((rank != 2 && rank != 3) || shape[rank - 2] != in) {
    throw InputError("$weight", "has shape " + shape_text(shape) + ", expected [" +
                                    std::to_string(in) + ", width] or with heads in front");
  }
  heads_ = rank == 3 ? shape[0] : 1;
  width_ = shape[rank - 1];
  check_size(input_.attention, "$attention", heads_, v2 ? width_ : 2 * width_);
  if (!input_.weight_bias.empty()) {
    if (!v2) throw ArgumentError("$weight-bias", "goes with $variant v2 only");
    check_size(input_.weight_bias, "$weight-bias", heads_, 2 * width_);
  }
  if (!input_.output_bias.empty())
    check_size(input_.output_bias, "$output-bias", 1, output_width());
  const std::array<std::pair<const char*, const Tensor*>, 5> all = {
      {{"$features", &input_.features},
       {"$weight", &input_.weight},
       {"$attention", &input_.attention},
       {"$weight-bias", &input_.weight_bias},
       {"$output-bias", &input_.output_bias}}};
  single_precision_ = true;
  for (const auto& [option, tensor] : all) {
    if (tensor->empty()) continue;
    check_finite(*tensor, option);
    single_precision_ = single_precision_ && is_single(tensor->dtype());
  }
  for (std::size_t i = 0; i < nodes(); ++i) isolated_nodes_ += neighbours_.targets(i).empty();
  uniform_.assign(nodes(), 0);
  if (isolated_nodes_ > 0 && options_.isolated == Isolated::uniform) attend_uniformly();
}

void GraphAttention::attend_uniformly() {
  Neighbours filled;
  for (std::size_t i = 0; i < nodes(); ++i) {
    const auto row = neighbours_.targets(i);
    filled.target.insert(filled.target.end(), row.begin(), row.end());
    if (row.empty()) {
      uniform_[i] = 1;
      filled.target.resize(filled.target.size() + nodes());
      std::iota(filled.target.end() - static_cast<std::ptrdiff_t>(nodes()), filled.target.end(), 0);
    }
    filled.first.push_back(filled.target.size());
  }
  neighbours_ = std::move(filled);
}

std::size_t GraphAttention::output_width() const {
  return options_.combine == Combine::concat ? heads_ * width_ : width_;
}

Vector GraphAttention::part(const Tensor& tensor, std::size_t head, std::size_t size) const {
  const auto all = tensor.to_doubles();
  return Eigen::Map<const Vector>(all.data() + head * size, static_cast<Index>(size));
}

std::vector<double> GraphAttention::weights(const Matrix& attending, const Matrix& attended,
                                            std::size_t head) const {
  const bool v2 = options_.variant == GatVariant::v2;
  const auto width = static_cast<Index>(width_);
  const Vector a = part(input_.attention, head, v2 ? width_ : 2 * width_);
  const Vector left = v2 ? Vector() : Vector(attending * a.head(width));
  const Vector right = v2 ? Vector() : Vector(attended * a.tail(width));
  std::vector<double> weights(neighbours_.target.size(), 0);
  for (std::size_t i = 0; i < nodes(); ++i) {
    const auto node = static_cast<Index>(i);
    for (std::size_t e = neighbours_.first[i]; !uniform_[i] && e < neighbours_.first[i + 1]; ++e) {
      const Index j = neighbours_.target[e];
      if (!v2) {
        weights[e] = leaky(left[node] + right[j], options_.negative_slope);
        continue;
      }
      for (Index f = 0; f < width; ++f) {
        weights[e] += a[f] * leaky(attending(node, f) + attended(j, f), options_.negative_slope);
      }
    }
    softmax(std::span(weights).subspan(neighbours_.first[i], neighbours_.targets(i).size()));
  }
  return weights;
}

GraphAttentionHead GraphAttention::head(std::size_t head) const {
  const Tensor tensor =
      heads_ == 1 && input_.weight.rank() == 2 ? input_.weight : input_.weight.at(0, head);
  const Matrix weight = matrix_of<double>(tensor);
  const Matrix features = matrix_of<double>(input_.features);
  const bool v2 = options_.variant == GatVariant::v2;
  Matrix attended = features * weight.bottomRows(features.cols());
  Matrix attending = v2 ? Matrix(features * weight.topRows(features.cols())) : attended;
  if (!input_.weight_bias.empty()) {
    const Vector bias = part(input_.weight_bias, head, 2 * width_);
    attending.rowwise() += bias.head(attending.cols()).transpose();
    attended.rowwise() += bias.tail(attended.cols()).transpose();
  }
  GraphAttentionHead result{weights(attending, attended, head),
                            Matrix::Zero(features.rows(), attended.cols())};
  for (std::size_t i = 0; i < nodes(); ++i) {
    for (std::size_t e = neighbours_.first[i]; e < neighbours_.first[i + 1]; ++e) {
      result.features.row(static_cast<Index>(i)) +=
          result.weights[e] * attended.row(neighbours_.target[e]);
    }
  }
  return result;
}

Matrix GraphAttention::combined(const std::vector<Matrix>& heads) const {
  Matrix output = Matrix::Zero(static_cast<Index>(nodes()), static_cast<Index>(output_width()));
  for (std::size_t h = 0; h < heads.size(); ++h) {
    if (options_.combine == Combine::mean) {
      output += heads[h] / static_cast<double>(heads.size());
    } else {
      output.middleCols(static_cast<Index>(h * width_), static_cast<Index>(width_)) = heads[h];
    }
  }
  if (!input_.output_bias.empty()) {
    output.rowwise() += part(input_.output_bias, 0, output_width()).transpose();
  }
  if (options_.activation == Activation::elu) {
    output = output.unaryExpr([](double x) { return x > 0 ? x : std::expm1(x); });
  }
  return output;
}

}  // namespace attngraph
