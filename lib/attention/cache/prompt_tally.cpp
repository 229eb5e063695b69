// What a cache would keep of the attention behind a prompt.
//
// Requires finite weights, not negative. Two passes over the rows of a head: one for what policies
// score keys by, one for what the sets they choose keep. Both need no more than a few numbers for
// each key of the prompt and each set, so rows may come from queries and keys. Cost O(n) for a row
// and set, with values O(n · width).

#include "attention/cache/prompt_tally.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace attngraph {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

}  // namespace

PromptMass& PromptMass::operator+=(const PromptMass& other) {
  received += other.received;
  last += other.last;
  observed += other.observed;
  future += other.future;
  return *this;
}

PromptMass& PromptMass::operator/=(double divisor) {
  received /= divisor;
  last /= divisor;
  observed /= divisor;
  future /= divisor;
  return *this;
}

PromptTally::PromptTally(std::size_t prompt, std::size_t window)
    : prompt_(prompt), window_(std::min(window, prompt)) {
  const Vector zeros = Vector::Zero(static_cast<Index>(prompt));
  mass_ = {zeros, zeros, zeros, zeros};
}

void PromptTally::add(std::size_t place, std::size_t first, std::span<const double> weights) {
  if (first >= prompt_) return;
  const auto begin = static_cast<Index>(first);
  const auto count = static_cast<Index>(std::min(weights.size(), prompt_ - first));
  const Eigen::Map<const Vector> row(weights.data(), count);
  if (place >= prompt_) {
    mass_.future.segment(begin, count) += row;
    return;
  }
  mass_.received.segment(begin, count) += row;
  if (place + 1 == prompt_) mass_.last.segment(begin, count) = row;
  if (place + window_ >= prompt_) mass_.observed.segment(begin, count) += row;
}

PromptMass PromptTally::finish() const {
  PromptMass mass = mass_;
  if (window_ > 0) mass.observed /= static_cast<double>(window_);
  return mass;
}

KeptTally::KeptTally(std::size_t prompt, const std::vector<KeptKeys>& sets, const Matrix& value)
    : prompt_(prompt), sets_(sets), value_(value), kept_(sets.size()) {}

void KeptTally::add(std::span<const double> weights) {
  const auto count = static_cast<Index>(prompt_);
  const Eigen::Map<const Vector> row(weights.data(), static_cast<Index>(weights.size()));
  const double before = row.head(count).sum();
  const double after = row.tail(row.size() - count).sum();
  if (!(before + after > 0)) return;
  const bool values = value_.size() > 0;
  const Vector output = values ? Vector(value_.transpose() * row) : Vector();
  output_ += output.squaredNorm();
  Vector left = row;
  for (std::size_t i = 0; i < sets_.size(); ++i) {
    const KeptKeys& set = sets_[i];
    if (set.random) {
      kept_[i].sum += after + before * static_cast<double>(set.budget) / static_cast<double>(count);
      continue;
    }
    const double kept = row.head(count).dot(set.keeps) + after;
    kept_[i].sum += kept;
    kept_[i].worst = rows_ == 0 ? kept : std::min(kept_[i].worst, kept);
    if (!values) continue;
    left.head(count) = row.head(count).cwiseProduct(set.keeps);
    const Vector changed =
        kept > 0 ? Vector(value_.transpose() * left / kept) : Vector(Vector::Zero(output.size()));
    kept_[i].difference += (output - changed).squaredNorm();
  }
  ++rows_;
}

double KeptTally::mean(std::size_t set) const {
  return rows_ == 0 ? none : kept_[set].sum / static_cast<double>(rows_);
}

double KeptTally::worst(std::size_t set) const {
  return rows_ == 0 || sets_[set].random ? none : kept_[set].worst;
}

double KeptTally::output_loss(std::size_t set) const {
  if (value_.size() == 0 || sets_[set].random || output_ == 0) return none;
  return std::sqrt(kept_[set].difference / output_);
}

}  // namespace attngraph
