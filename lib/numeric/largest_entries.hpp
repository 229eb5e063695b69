#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace attngraph {

/// Indices of the entries of a row that are not zero, falling by weight, ties by the lower index;
/// the first `count` of them. Weights are not negative.
template <typename Scalar>
std::vector<std::size_t> largest_entries(std::span<const Scalar> weights, std::size_t count);

extern template std::vector<std::size_t> largest_entries<float>(std::span<const float>,
                                                                std::size_t);
extern template std::vector<std::size_t> largest_entries<double>(std::span<const double>,
                                                                 std::size_t);

}  // namespace attngraph
