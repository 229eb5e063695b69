#pragma once

#include <cstddef>

#include "numeric/matrix.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

class Attention;

/// A signal on the tokens of each head: [token, width] for all alike, or with the layers of the
/// file in front, or its layers and heads. Rows of tokens that are left out are not taken.
class TokenSignal {
 public:
  /// @param attention must live as long as this
  /// @throws InputError for another shape, and for what is not finite
  /// @throws ArgumentError where tokens are put together, and where heads are fused and it has some
  TokenSignal(const Tensor& signal, const Attention& attention);

  /// Of one head of the selection [token, width].
  Matrix of(std::size_t l, std::size_t h) const;

 private:
  const Attention& attention_;
  Tensor signal_;
};

}  // namespace attngraph
