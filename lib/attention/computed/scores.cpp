// From products to scores, a block of rows at a time.
//
// Masks and biases stay in their file's type and are converted for the rows at hand only, so their
// cost in memory is that of a block. Causal and window are ranges, not masks: nothing is stored
// for them, and blocks outside them are never computed.

#include "attention/computed/scores.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>

#include "core/error.hpp"

namespace attngraph {
namespace {

struct LowestNumber {
  double value;
  const char* dtype;
};

constexpr std::array<LowestNumber, 3> lowest_numbers = {{
    {-65504.0, "float16"},
    {-0x1.fep127, "bfloat16"},
    {-0x1.fffffep127, "float32"},
}};

const LowestNumber* lowest_number(double value) {
  const auto found =
      std::find_if(lowest_numbers.begin(), lowest_numbers.end(),
                   [&](const LowestNumber& lowest) { return lowest.value == value; });
  return found == lowest_numbers.end() ? nullptr : &*found;
}

/// The part of a broadcast matrix that belongs to a block, as it lies in the file: one row or
/// column where it has only one.
Matrix block_part(const Tensor& view, const BlockPlace& place) {
  const auto cut = [](const Tensor& whole, std::size_t axis, Index begin, Index count) {
    if (whole.shape()[axis] == 1) return whole;
    return whole.slice(axis, static_cast<std::size_t>(begin), static_cast<std::size_t>(count));
  };
  const Tensor part =
      cut(cut(view, 0, place.first_query, place.queries), 1, place.first_key, place.keys);
  Matrix values(static_cast<Index>(part.shape()[0]), static_cast<Index>(part.shape()[1]));
  part.copy_to(std::span<double>(values.data(), static_cast<std::size_t>(values.size())));
  return values;
}

template <typename Scalar, typename Change>
void broadcast(const Tensor& view, const BlockPlace& place, Eigen::Ref<MatrixOf<Scalar>> scores,
               Change change) {
  const Matrix part = block_part(view, place);
  for (Index row = 0; row < scores.rows(); ++row) {
    const double* values = part.row(part.rows() == 1 ? 0 : row).data();
    for (Index column = 0; column < scores.cols(); ++column) {
      change(scores(row, column), values[part.cols() == 1 ? 0 : column]);
    }
  }
}

void check_broadcast(const std::string& option, const Tensor& tensor, const Shape& shape) {
  const Shape& own = tensor.shape();
  bool fits = own.size() >= 2 && own.size() <= shape.size();
  for (std::size_t i = 1; fits && i <= own.size(); ++i) {
    const std::size_t length = own[own.size() - i];
    fits = length == 1 || length == shape[shape.size() - i];
  }
  if (!fits) {
    throw InputError(option, "has shape " + shape_text(own) + ", which does not broadcast to " +
                                 shape_text(shape) + ", [layer or batch, head, query, key]");
  }
}

void for_each_number(const Tensor& tensor, const std::function<void(double)>& visit) {
  if (tensor.rank() > 1) {
    for (std::size_t i = 0; i < tensor.shape()[0]; ++i) for_each_number(tensor.at(0, i), visit);
    return;
  }
  for (const double value : tensor.to_doubles()) visit(value);
}

}  // namespace

KeyRange visible_keys(const ScoreRules& rules, Index queries, Index keys, Index query) {
  const Index position = query + keys - queries;
  KeyRange range{0, keys};
  if (rules.causal) range.end = position + 1;
  if (rules.window) {
    const auto width = static_cast<Index>(std::min(
        *rules.window, static_cast<std::size_t>(queries) + static_cast<std::size_t>(keys)));
    range.begin = position - width + 1;
    if (!rules.causal) range.end = position + width;
  }
  range.end = std::clamp<Index>(range.end, 0, keys);
  range.begin = std::clamp<Index>(range.begin, 0, range.end);
  return range;
}

template <typename Scalar>
void apply_rules(const ScoreRules& rules, const BlockPlace& place,
                 Eigen::Ref<MatrixOf<Scalar>> products) {
  if (rules.softcap) {
    const auto cap = static_cast<Scalar>(*rules.softcap);
    products = ((products / cap).array().tanh() * cap).matrix();
  }
  const auto masked = -std::numeric_limits<Scalar>::infinity();
  const BlockPlace block{place.first_query, place.first_key, products.rows(), products.cols()};
  if (!rules.bias.empty()) {
    broadcast<Scalar>(rules.bias, block, products, [&](Scalar& score, double bias) {
      score = lowest_number(bias) ? masked : score + static_cast<Scalar>(bias);
    });
  }
  if (!rules.mask.empty()) {
    broadcast<Scalar>(rules.mask, block, products, [&](Scalar& score, double allowed) {
      if (allowed == 0) score = masked;
    });
  }
  if (!rules.causal && !rules.window) return;
  for (Index row = 0; row < products.rows(); ++row) {
    const auto [begin, end] =
        visible_keys(rules, place.queries, place.keys, place.first_query + row);
    const Index before = std::clamp<Index>(begin - place.first_key, 0, products.cols());
    const Index behind =
        std::clamp<Index>(place.first_key + products.cols() - end, 0, products.cols());
    products.row(row).head(before).setConstant(masked);
    products.row(row).tail(behind).setConstant(masked);
  }
}

template void apply_rules<float>(const ScoreRules&, const BlockPlace&, Eigen::Ref<MatrixF>);
template void apply_rules<double>(const ScoreRules&, const BlockPlace&, Eigen::Ref<Matrix>);

bool hides_later_keys(const ScoreRules& rules, Index queries, Index keys) {
  for (Index query = 0; query < queries; ++query) {
    const Index own = std::max<Index>(0, query + keys - queries + 1);
    const KeyRange seen = visible_keys(rules, queries, keys, query);
    const Index first = std::max(own, seen.begin);
    if (first >= seen.end) continue;
    MatrixF later = MatrixF::Zero(1, seen.end - first);
    apply_rules<float>(rules, {query, first, queries, keys}, later);
    if ((later.array() != -std::numeric_limits<float>::infinity()).any()) return false;
  }
  return true;
}

Tensor head_view(const Tensor& tensor, std::size_t layer, std::size_t head) {
  if (tensor.empty()) return tensor;
  Tensor view = tensor;
  if (view.rank() == 4) view = view.at(0, view.shape()[0] == 1 ? 0 : layer);
  if (view.rank() == 3) view = view.at(0, view.shape()[0] == 1 ? 0 : head);
  return view;
}

void check_mask(const Tensor& mask, const Shape& shape) {
  check_broadcast("$mask", mask, shape);
  if (!is_floating(mask.dtype())) return;
  for_each_number(mask, [](double value) {
    if (value == 0 || value == 1) return;
    throw InputError("$mask",
                     "holds numbers other than 0 and 1, expected 1 where a query may attend",
                     "numbers that are added to the scores belong to $bias");
  });
}

std::vector<std::string> check_bias(const Tensor& bias, const Shape& shape) {
  check_broadcast("$bias", bias, shape);
  const char* lowest = nullptr;
  for_each_number(bias, [&](double value) {
    if (std::isnan(value) || (std::isinf(value) && value > 0)) {
      throw InputError("$bias", "holds NaN or +inf, expected finite numbers or -inf");
    }
    if (const auto* found = lowest_number(value)) lowest = found->dtype;
  });
  if (!lowest) return {};
  return {std::string("$bias: the lowest finite number of ") + lowest + " is taken as a mask"};
}

}  // namespace attngraph
