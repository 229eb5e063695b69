#pragma once

#include <functional>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

inline std::size_t count_of(const Shape& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

/// Rows that sum to 1: every key of a row gets as much.
inline Tensor uniform(const Shape& shape) {
  return Tensor::from(std::vector<double>(count_of(shape), 1.0 / static_cast<double>(shape.back())),
                      shape);
}

/// 0, 1, 2 …
inline Tensor counting(const Shape& shape) {
  std::vector<double> values(count_of(shape));
  std::iota(values.begin(), values.end(), 0.0);
  return Tensor::from(std::move(values), shape);
}

inline Dump dump_of(std::vector<NamedTensor> tensors) {
  Dump dump;
  dump.source = "a.npz";
  dump.tensors = std::move(tensors);
  return dump;
}

/// `problem / hint` of the error that `work` throws.
template <typename Kind, typename Work>
std::string error_of(Work work) {
  try {
    work();
  } catch (const Kind& error) {
    return std::string(error.what()) + " / " + error.hint();
  }
  return "no error";
}

}  // namespace attngraph
