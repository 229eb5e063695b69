#include "metrics/topology/betti_numbers.hpp"

#include <algorithm>
#include <functional>

#include "attention/attention.hpp"
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
  for_each_pair_row(attention, l, h, Symmetrize::max,
                    [&](std::size_t row, std::size_t first, std::span<const double> weights) {
                      const double times = scale(row);
                      for (std::size_t i = 0; i < weights.size(); ++i) {
                        if (first + i == row) continue;
                        for (std::size_t t = 0; t < thresholds.size(); ++t) {
                          if (weights[i] * times > thresholds[t]) graphs[t].join(row, first + i);
                        }
                      }
                    });
  std::vector<BettiNumbers> found;
  for (const JoinedTokens& graph : graphs) found.push_back(graph.numbers());
  return found;
}

/// One more than the last key that any query of the head sees.
std::size_t seen_keys(const Attention& attention, std::size_t l, std::size_t h) {
  Index seen = 0;
  attention.rows(l, h, [&](const RowBlock<double>& block) {
    Index last = block.weights.cols();
    while (last > 0 && block.weights.col(last - 1).isZero(0)) --last;
    if (last > 0) seen = std::max(seen, block.first_key + last);
  });
  return static_cast<std::size_t>(seen);
}

}  // namespace

std::vector<BettiNumbers> betti_numbers(const Attention& attention, std::size_t l, std::size_t h,
                                        std::span<const double> thresholds) {
  return numbers_above(attention, l, h, thresholds, [](std::size_t) { return 1.0; });
}

BettiNumbers share_betti_numbers(const Attention& attention, std::size_t l, std::size_t h) {
  constexpr double more_than_equal = 1 + 1e-6;
  const bool causal = attention.causal();
  const auto seen = static_cast<double>(causal ? 0 : seen_keys(attention, l, h));
  return numbers_above(
             attention, l, h, {&more_than_equal, 1},
             [&](std::size_t row) { return causal ? static_cast<double>(row + 1) : seen; })
      .front();
}

}  // namespace attngraph
