// Sums of a head's weights over blocks of its matrix.
//
// Requires finite weights, not negative. One pass over the rows; keys of one part that stand side
// by side are summed as one run, so a part that is a range costs one sum for each row. Nothing but
// the sums is kept, so rows may come from a producer that never holds the matrix.

#include "attention/parts/part_masses.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace attngraph {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

}  // namespace

PartTally::PartTally(const Parts& parts)
    : parts_(parts), rows_(parts.count(), 0), row_(static_cast<Index>(parts.count())) {
  sums_ = Matrix::Zero(row_.size(), row_.size());
  for (std::size_t k = 0; k < parts.keys.size(); ++k) {
    const auto key = static_cast<Index>(k);
    const Index part = parts.keys[k];
    if (part < 0) continue;
    const bool goes_on = !runs_.empty() && runs_.back().part == part &&
                         runs_.back().first + runs_.back().count == key;
    if (goes_on) {
      ++runs_.back().count;
    } else {
      runs_.push_back({key, 1, part});
    }
  }
}

void PartTally::add(const RowBlock<double>& block) {
  const Index end = block.first_key + block.weights.cols();
  for (Index r = 0; r < block.weights.rows(); ++r) {
    const std::int32_t from = parts_.queries[static_cast<std::size_t>(block.first_query + r)];
    if (from < 0) continue;
    const auto weights = block.weights.row(r);
    if (!(weights.maxCoeff() > 0)) continue;
    row_.setZero();
    for (const Run& run : runs_) {
      const Index first = std::max(run.first, block.first_key);
      const Index last = std::min(run.first + run.count, end);
      if (first < last) {
        row_[run.part] += weights.segment(first - block.first_key, last - first).sum();
      }
    }
    sums_.row(from) += row_.transpose();
    ++rows_[static_cast<std::size_t>(from)];
  }
}

PartMasses PartTally::finish() const {
  const auto keys = part_sizes(parts_.keys, parts_.count());
  PartMasses found{Matrix::Constant(sums_.rows(), sums_.cols(), none), {}};
  found.density = found.mass;
  for (Index from = 0; from < sums_.rows(); ++from) {
    const auto rows = static_cast<double>(rows_[static_cast<std::size_t>(from)]);
    for (Index to = 0; to < sums_.cols(); ++to) {
      const auto size = static_cast<double>(keys[static_cast<std::size_t>(to)]);
      if (rows == 0 || size == 0) continue;
      found.mass(from, to) = sums_(from, to) / rows;
      found.density(from, to) = sums_(from, to) / (rows * size);
    }
  }
  return found;
}

double excess_kurtosis(std::span<const double> values) {
  constexpr double alike = 1e-12;
  std::vector<double> known;
  std::copy_if(values.begin(), values.end(), std::back_inserter(known),
               [](double value) { return !std::isnan(value); });
  if (known.size() < 4) return none;
  const Eigen::Map<const Eigen::ArrayXd> all(known.data(), static_cast<Index>(known.size()));
  const double mean = all.mean();
  const Eigen::ArrayXd squares = (all - mean).square();
  const double variance = squares.mean();
  if (std::sqrt(variance) <= alike * std::abs(mean)) return none;
  return squares.square().mean() / (variance * variance) - 3;
}

Vector vertical_scores(const Matrix& density, const std::vector<std::size_t>& order,
                       std::size_t gap) {
  Vector scores = Vector::Constant(static_cast<Index>(order.size()), none);
  for (std::size_t t = 0; t < order.size(); ++t) {
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t s = t; s < order.size(); ++s) {
      if (s - t < gap) continue;
      const double value = density(static_cast<Index>(order[s]), static_cast<Index>(order[t]));
      if (std::isnan(value)) continue;
      sum += value;
      ++count;
    }
    if (count > 0) scores[static_cast<Index>(t)] = sum / static_cast<double>(count);
  }
  return scores;
}

}  // namespace attngraph
