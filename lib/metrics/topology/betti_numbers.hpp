#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace attngraph {

class Attention;

/// Numbers of an undirected graph of tokens.
struct BettiNumbers {
  std::int64_t edges = 0;
  /// Parts that hang together.
  std::int64_t b0 = 0;
  /// Independent cycles: edges - tokens + b0. No triangle is filled.
  std::int64_t b1 = 0;
};

/// Of one head, joining two different tokens where max(A_ij, A_ji) is above a threshold, for each
/// of them. Queries that the head has not count as rows of zeros. O(n²) and memory of a band of
/// rows.
/// @param attention not cross-attention
std::vector<BettiNumbers> betti_numbers(const Attention& attention, std::size_t l, std::size_t h,
                                        std::span<const double> thresholds);

/// The same where two tokens are joined if either gives the other more than an equal share of its
/// attention: w · k > 1 + 1e-6, k the keys that it may see.
BettiNumbers share_betti_numbers(const Attention& attention, std::size_t l, std::size_t h);

}  // namespace attngraph
