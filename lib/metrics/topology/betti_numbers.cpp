#include "metrics/topology/betti_numbers.hpp"

#include <algorithm>
#include <functional>

#include "attention/attention.hpp"
#include "attention/edges/row_criteria.hpp"
#include "attention/edges/visible_keys.hpp"
#include "attention/pairs/pair_rows.hpp"
#include "core/stop.hpp"
#include "metrics/roots.hpp"

namespace attngraph {
namespace {

/// Tokens that are joined one pair after the other.
class JoinedTokens {
 public:
  explicit JoinedTokens(std::size_t tokens) : tokens_(tokens), roots_(tokens) {}

  void join(std::size_t one, std::size_t other) {
    ++found_.edges;
    joints_ += roots_.join(static_cast<std::int32_t>(one), static_cast<std::int32_t>(other));
  }

  BettiNumbers numbers() const {
    const auto tokens = static_cast<std::int64_t>(tokens_);
    BettiNumbers found = found_;
    found.b0 = tokens - joints_;
    found.b1 = found.edges - tokens + found.b0;
    return found;
  }

 private:
  std::size_t tokens_;
  Roots roots_;
  std::int64_t joints_ = 0;
  BettiNumbers found_;
};

/// @param scale what the weights of a row are multiplied with before they are compared
std::vector<BettiNumbers> numbers_above(const Attention& attention, std::size_t l, std::size_t h,
                                        std::span<const double> thresholds,
                                        const std::function<double(std::size_t row)>& scale) {
  std::vector<JoinedTokens> graphs(thresholds.size(), JoinedTokens(attention.keys()));
  const auto join = [&](const PairRow& pairs) {
    const double times = scale(pairs.row);
    for (std::size_t i = 0; i < pairs.scores.size(); ++i) {
      if (pairs.first + i == pairs.row) continue;
      for (std::size_t t = 0; t < thresholds.size(); ++t) {
        if (pairs.scores[i] * times > thresholds[t]) graphs[t].join(pairs.row, pairs.first + i);
      }
    }
  };
  PairScores(attention, l, h, Symmetrize::max).visit([&](const std::vector<PairRow>& rows) {
    return [&join, rows] { std::for_each(rows.begin(), rows.end(), join); };
  });
  std::vector<BettiNumbers> found;
  for (const JoinedTokens& graph : graphs) found.push_back(graph.numbers());
  return found;
}

}  // namespace

std::vector<BettiNumbers> betti_numbers(const Attention& attention, std::size_t l, std::size_t h,
                                        std::span<const double> thresholds) {
  return numbers_above(attention, l, h, thresholds, [](std::size_t) { return 1.0; });
}

BettiNumbers share_betti_numbers(const Attention& attention, std::size_t l, std::size_t h) {
  const VisibleKeys visible(attention, l, h, {.share = true});
  // In a head that is not causal, where rows of both directions meet, all see the same keys.
  const std::size_t missing = attention.keys() - attention.queries();
  const double least = more_than_equal;
  const auto keys_seen_by = [&](std::size_t row) {
    return static_cast<double>(visible.of(std::max(row, missing) - missing));
  };
  return numbers_above(attention, l, h, {&least, 1}, keys_seen_by).front();
}

}  // namespace attngraph
