// How the weights of a query are spread, in one pass; only for instruction_set_kernels.cpp.
//
// Each number is loaded once and goes through the logarithm of the entropy, which takes most of the
// time. Registers that lie wholly before the query or wholly behind it are told apart by where they
// are, numbers only in the one where it stands. Cost: one logarithm for each key.

#pragma once

#include <cstddef>
#include <cstring>
#include <limits>

#include "numeric/kernels/kernels.hpp"
#include "numeric/kernels/logarithm.hpp"
#include "numeric/kernels/row_scan.hpp"

namespace attngraph {
namespace {

/// w log w, where 0 log 0 is 0.
inline Register<double> times_logarithm(Register<double> w) {
  // A zero times the logarithm of the smallest number is zero.
  constexpr double smallest = std::numeric_limits<double>::min();
  return w * logarithm(w > smallest ? w : Register<double>{} + smallest);
}

/// All lanes added up.
inline double total_of_lanes(Register<double> sums) {
  double total = 0;
  for (std::ptrdiff_t lane = 0; lane < lanes<double>; ++lane) total += sums[lane];
  return total;
}

/// Where the numbers of a register lie: on one side of the query, or not known.
enum class Side { before, behind, any };

/// Sums over the registers of a row, one for each lane.
class MeasuredRow {
 public:
  /// @param position place of the query among the keys
  explicit MeasuredRow(std::ptrdiff_t position) {
    for (std::ptrdiff_t lane = 0; lane < lanes<double>; ++lane) {
      offsets_[lane] = static_cast<double>(lane - position);
    }
  }

  /// Adds the next weights.
  template <Side side>
  void add(Register<double> weights) {
    largest_ = weights > largest_ ? weights : largest_;
    logarithms_ += times_logarithm(weights);
    if constexpr (side != Side::behind) {
      add_before(side == Side::before ? weights : offsets_ < 0.0 ? weights : Register<double>{});
    }
    if constexpr (side != Side::before) {
      add_behind(side == Side::behind ? weights : offsets_ > 0.0 ? weights : Register<double>{});
    }
    offsets_ += static_cast<double>(lanes<double>);
  }

  RowMeasures total() const {
    double largest = 0;
    for (std::ptrdiff_t lane = 0; lane < lanes<double>; ++lane) {
      largest = largest_[lane] > largest ? largest_[lane] : largest;
    }
    return {largest, -total_of_lanes(logarithms_), total_of_lanes(distance_),
            total_of_lanes(backward_), total_of_lanes(forward_)};
  }

 private:
  Register<double> offsets_ = {};
  Register<double> largest_ = {};
  Register<double> logarithms_ = {};
  Register<double> distance_ = {};
  Register<double> backward_ = {};
  Register<double> forward_ = {};

  void add_before(Register<double> weights) {
    backward_ += weights;
    distance_ -= offsets_ * weights;
  }
  void add_behind(Register<double> weights) {
    forward_ += weights;
    distance_ += offsets_ * weights;
  }
};

template <typename Scalar>
RowMeasures row_measures(const std::byte* weights, std::ptrdiff_t count, std::ptrdiff_t position,
                         double* column_sums) {
  MeasuredRow row(position);
  std::ptrdiff_t k = 0;
  const auto add_up_to = [&]<Side side>(std::ptrdiff_t end) {
    for (; k + lanes<double> <= end; k += lanes<double>) {
      const std::byte* const at = weights + k * sizeof(Scalar);
      fetch_ahead(at);
      const Register<double> some = load_doubles<Scalar>(at);
      row.add<side>(some);
      store(column_sums + k, load(column_sums + k) + some);
    }
  };
  add_up_to.template operator()<Side::before>(position < count ? position : count);
  const std::ptrdiff_t behind = k + lanes<double>;
  add_up_to.template operator()<Side::any>(behind < count ? behind : count);
  add_up_to.template operator()<Side::behind>(count);
  if (k == count) return row.total();
  std::byte few[lanes<double> * sizeof(Scalar)] = {};
  std::memcpy(few, weights + k * sizeof(Scalar), (count - k) * sizeof(Scalar));
  const Register<double> rest = load_doubles<Scalar>(few);
  row.add<Side::any>(rest);
  for (std::ptrdiff_t lane = 0; k + lane < count; ++lane) column_sums[k + lane] += rest[lane];
  return row.total();
}

}  // namespace
}  // namespace attngraph
