#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "attention/pairs/pair_ranking.hpp"

namespace attngraph {

/// Below the score of every pair.
inline constexpr double any_score = -std::numeric_limits<double>::infinity();

/// Keeps the first ones of an order, and for a while some more.
class FirstPairs {
 public:
  explicit FirstPairs(std::size_t count) : count_(count) {}

  void offer(const RankedPair& pair) {
    if (count_ == 0 || (last_ && !pair.before(*last_))) return;
    pairs_.push_back(pair);
    if (pairs_.size() / 2 >= count_) drop_others();
  }
  void offer(const FirstPairs& others) {
    for (const RankedPair& pair : others.pairs_) offer(pair);
  }

  /// No pair below this score will be among them.
  double least() const {
    if (count_ == 0) return std::numeric_limits<double>::infinity();
    return last_ ? last_->score : any_score;
  }

  /// The first ones in order.
  std::vector<RankedPair> take() {
    std::sort(pairs_.begin(), pairs_.end(), Before());
    if (pairs_.size() > count_) pairs_.resize(count_);
    return std::move(pairs_);
  }

 private:
  struct Before {
    bool operator()(const RankedPair& one, const RankedPair& other) const {
      return one.before(other);
    }
  };

  std::size_t count_;
  std::vector<RankedPair> pairs_;
  /// The last of so many pairs.
  std::optional<RankedPair> last_;

  void drop_others() {
    const auto last = pairs_.begin() + static_cast<std::ptrdiff_t>(count_ - 1);
    std::nth_element(pairs_.begin(), last, pairs_.end(), Before());
    last_ = *last;
    pairs_.resize(count_);
  }
};

}  // namespace attngraph
