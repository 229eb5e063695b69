#pragma once

#include <cstddef>

#include "tensor/tensor.hpp"

namespace attngraph {

/// Numbers of a file as they lie in memory: any type and byte order, `stride` bytes apart, not
/// necessarily aligned.
struct StoredNumbers {
  const std::byte* first;
  Dtype dtype;
  ByteOrder order;
  std::ptrdiff_t stride;
  std::size_t count;
};

/// Writes them to `out`, which has `count` places.
template <typename Out>
void convert(const StoredNumbers& numbers, Out* out);

extern template void convert<float>(const StoredNumbers&, float*);
extern template void convert<double>(const StoredNumbers&, double*);

}  // namespace attngraph
