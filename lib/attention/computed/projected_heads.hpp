#pragma once

#include <cstddef>
#include <string>

#include "numeric/matrix.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// What the first axis of queries, keys and values stands for.
enum class Leading { none, batch, layer };

/// One of queries, keys and values, not yet split into heads: a view of the file's numbers and the
/// projection that is to be applied. Nothing is computed before a head is asked for.
class ProjectedHeads {
 public:
  struct Layout {
    /// Heads in the last axis (`heads`); 1 where heads have an axis of their own.
    std::size_t heads = 1;
    /// Width of a head after the projection.
    std::size_t width = 0;
    /// One projection [width, width of a slice] for every head (`shared-projection`).
    bool shared = false;
  };

  ProjectedHeads() = default;
  /// @param tokens [place, token, width], or [place, head, token, width] without a projection
  /// @param weight [out, in], PyTorch's layout; empty for none
  /// @param bias [out]; empty for none
  ProjectedHeads(Tensor tokens, Tensor weight, Tensor bias, Layout layout);

  bool empty() const { return tokens_.empty(); }
  /// Batch items or layers; 1 where there is no such axis.
  std::size_t places() const { return tokens_.shape()[0]; }
  std::size_t heads() const { return layout_.heads; }
  std::size_t tokens() const { return tokens_.shape()[tokens_.rank() - 2]; }
  std::size_t width() const { return layout_.width; }

  /// The rows [token, width] of one head, projected in the precision of `Scalar`.
  template <typename Scalar>
  MatrixOf<Scalar> head(std::size_t place, std::size_t head) const;

 private:
  Tensor tokens_;
  Tensor weight_;
  Tensor bias_;
  Layout layout_;
};

/// All numbers of a tensor of two axes.
template <typename Scalar>
MatrixOf<Scalar> matrix_of(const Tensor& tensor);

/// Checks that every number is finite. @throws InputError with the place of the first that is not
void check_finite(const Tensor& tensor, const std::string& option);

}  // namespace attngraph
