// How the weights of a query are spread, in one pass; only for instruction_set_kernels.cpp.
//
// Each number is loaded once and goes through the logarithm of the entropy, which takes most of the
// time; where the query stands among the keys is compared register by register. Cost: one
// logarithm for each key.

#pragma once

#include <cstddef>
#include <limits>

#include "numeric/kernels/kernels.hpp"

namespace attngraph {
namespace {

/// Sums over the registers of a row, one for each lane.
class MeasuredRow {
 public:
  using Doubles = Eigen::internal::packet_traits<double>::type;
  static constexpr std::ptrdiff_t lanes = sizeof(Doubles) / sizeof(double);

  /// @param position place of the query among the keys
  explicit MeasuredRow(std::ptrdiff_t position)
      : offsets_(Eigen::internal::plset<Doubles>(-static_cast<double>(position))) {}

  /// Adds the next weights.
  void add(Doubles weights) {
    using namespace Eigen::internal;
    const auto smallest = pset1<Doubles>(std::numeric_limits<double>::min());
    const auto none = pset1<Doubles>(0.0);
    largest_ = pmax(largest_, weights);
    // A zero times the logarithm of the smallest number is zero, where 0 log 0 would be NaN.
    logarithms_ = padd(logarithms_, pmul(weights, plog(pmax(weights, smallest))));
    distance_ = padd(distance_, pmul(weights, pabs(offsets_)));
    backward_ = padd(backward_, pand(pcmp_lt(offsets_, none), weights));
    forward_ = padd(forward_, pand(pcmp_lt(none, offsets_), weights));
    offsets_ = padd(offsets_, pset1<Doubles>(static_cast<double>(lanes)));
  }

  RowMeasures total() const {
    using namespace Eigen::internal;
    return {predux_max(largest_), -predux(logarithms_), predux(distance_), predux(backward_),
            predux(forward_)};
  }

 private:
  Doubles offsets_;
  Doubles largest_ = Eigen::internal::pset1<Doubles>(0.0);
  Doubles logarithms_ = largest_;
  Doubles distance_ = largest_;
  Doubles backward_ = largest_;
  Doubles forward_ = largest_;
};

RowMeasures row_measures(const double* weights, std::ptrdiff_t count, std::ptrdiff_t position,
                         double* column_sums) {
  using namespace Eigen::internal;
  using Doubles = MeasuredRow::Doubles;
  MeasuredRow row(position);
  std::ptrdiff_t k = 0;
  for (; k + MeasuredRow::lanes <= count; k += MeasuredRow::lanes) {
    const auto some = ploadu<Doubles>(weights + k);
    row.add(some);
    pstoreu(column_sums + k, padd(ploadu<Doubles>(column_sums + k), some));
  }
  if (k == count) return row.total();
  double rest[MeasuredRow::lanes] = {};
  for (std::ptrdiff_t i = 0; k + i < count; ++i) {
    rest[i] = weights[k + i];
    column_sums[k + i] += rest[i];
  }
  row.add(ploadu<Doubles>(rest));
  return row.total();
}

}  // namespace
}  // namespace attngraph
