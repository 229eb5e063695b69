// The largest entries of a row.
//
// For a few of many, one pass: the best so far stand in order, and almost every entry is smaller
// than the last of them, so it costs one comparison; a group of entries costs one together, their
// maximum. Expected cost O(n + k^2 log(n / k)). For many, a partial sort of all indices.

#include "numeric/largest_entries.hpp"

#include <algorithm>
#include <numeric>

namespace attngraph {
namespace {

constexpr std::size_t few = 64;
constexpr std::size_t group = 16;

template <typename Scalar>
std::vector<std::size_t> few_of_many(std::span<const Scalar> weights, std::size_t count) {
  std::vector<std::size_t> best;
  best.reserve(count + 1);
  Scalar bar = 0;  // what an entry must exceed
  const auto consider = [&](std::size_t i) {
    if (!(weights[i] > bar)) return;
    const auto behind = std::upper_bound(best.begin(), best.end(), weights[i],
                                         [&](Scalar w, std::size_t j) { return w > weights[j]; });
    best.insert(behind, i);
    if (best.size() > count) best.pop_back();
    if (best.size() == count) bar = weights[best.back()];
  };
  std::size_t first = 0;
  for (; first + group <= weights.size(); first += group) {
    Scalar largest = 0;
    for (std::size_t i = 0; i < group; ++i) {
      largest = weights[first + i] > largest ? weights[first + i] : largest;
    }
    if (!(largest > bar)) continue;
    for (std::size_t i = first; i < first + group; ++i) consider(i);
  }
  for (std::size_t i = first; i < weights.size(); ++i) consider(i);
  return best;
}

template <typename Scalar>
std::vector<std::size_t> sorted_entries(std::span<const Scalar> weights, std::size_t count) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] != 0) order.push_back(i);
  }
  const auto larger = [&](std::size_t a, std::size_t b) {
    return weights[a] > weights[b] || (weights[a] == weights[b] && a < b);
  };
  const auto wanted = static_cast<std::ptrdiff_t>(std::min(count, order.size()));
  std::partial_sort(order.begin(), order.begin() + wanted, order.end(), larger);
  order.resize(static_cast<std::size_t>(wanted));
  return order;
}

}  // namespace

template <typename Scalar>
std::vector<std::size_t> largest_entries(std::span<const Scalar> weights, std::size_t count) {
  if (count == 0) return {};
  return count <= few ? few_of_many(weights, count) : sorted_entries(weights, count);
}

template std::vector<std::size_t> largest_entries<float>(std::span<const float>, std::size_t);
template std::vector<std::size_t> largest_entries<double>(std::span<const double>, std::size_t);

}  // namespace attngraph
