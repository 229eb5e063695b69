#include "attention/heads/copy_tally.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

namespace attngraph {

CopyTally::CopyTally(std::vector<std::size_t> token_classes, CopyPlaces places)
    : classes_(std::move(token_classes)), places_(std::move(places)) {
  assert(places_.response.empty() || places_.response.size() == classes_.size());
  assert(places_.response.size() == places_.needle.size());
}

void CopyTally::add_row(std::size_t position, std::span<const double> weights, double most) {
  if (position + 1 >= classes_.size()) return;
  if (!places_.response.empty() && !places_.response[position]) return;
  ++rows_;
  const auto largest =
      static_cast<std::size_t>(std::find(weights.begin(), weights.end(), most) - weights.begin());
  if (!places_.needle.empty() && !places_.needle[largest]) return;
  if (classes_[largest] == classes_[position + 1]) ++hits_;
}

double CopyTally::value() const {
  const std::size_t among =
      places_.needle.empty()
          ? rows_
          : static_cast<std::size_t>(std::count(places_.needle.begin(), places_.needle.end(), 1));
  if (among == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(hits_) / static_cast<double>(among);
}

}  // namespace attngraph
