#pragma once

#include <cstddef>
#include <vector>

#include "attention/modules/neighbours.hpp"
#include "numeric/matrix.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

enum class GatVariant {
  /// LeakyReLU(aᵀ [h_i W ‖ h_j W]) (Veličković et al. 2018)
  v1,
  /// aᵀ LeakyReLU([h_i ‖ h_j] W) (Brody, Alon and Yahav 2022)
  v2,
};
enum class Activation { elu, none };
enum class Combine { concat, mean };
/// What a node without neighbours attends to.
enum class Isolated {
  nothing,
  /// every node alike
  uniform,
};

/// The numbers of a graph attention layer; those that are not given are empty.
struct GraphAttentionInput {
  /// [node, F]
  Tensor features;
  /// v1: [F, F'], v2: [2F, F'], or with a head axis in front; features are multiplied from the
  /// left.
  Tensor weight;
  /// v1: [2F'], v2: [F'], or with a head axis in front; the half for the attending node first.
  Tensor attention;
  /// v2 only: [2F'], or with a head axis in front.
  Tensor weight_bias;
  /// [head * F'] or, with the mean of heads, [F'].
  Tensor output_bias;
};

struct GraphAttentionOptions {
  GatVariant variant = GatVariant::v1;
  double negative_slope = 0.2;
  Activation activation = Activation::elu;
  Combine combine = Combine::concat;
  Isolated isolated = Isolated::nothing;
};

/// One head's weights, one for each place in Neighbours::target, and what the nodes receive.
struct GraphAttentionHead {
  std::vector<double> weights;
  /// [node, F']
  Matrix features;
};

/// A graph attention layer on the edges of a graph: O(nodes F F' + edges F') for a head, never a
/// matrix [node, node].
class GraphAttention {
 public:
  /// Isolated nodes get an edge to every node where options.isolated says so.
  /// @throws ArgumentError, InputError where tensors are missing or do not fit together
  GraphAttention(GraphAttentionInput input, Neighbours neighbours, GraphAttentionOptions options);

  std::size_t nodes() const { return neighbours_.nodes(); }
  std::size_t heads() const { return heads_; }
  /// Nodes without neighbours.
  std::size_t isolated_nodes() const { return isolated_nodes_; }
  bool single_precision() const { return single_precision_; }
  const Neighbours& neighbours() const { return neighbours_; }
  /// Columns of combined().
  std::size_t output_width() const;

  GraphAttentionHead head(std::size_t head) const;

  /// What the layer gives: all heads combined, bias and activation [node, output_width()].
  /// @param heads the features of each head
  Matrix combined(const std::vector<Matrix>& heads) const;

 private:
  GraphAttentionInput input_;
  Neighbours neighbours_;
  GraphAttentionOptions options_;
  std::size_t heads_ = 1;
  std::size_t width_ = 0;
  std::size_t isolated_nodes_ = 0;
  bool single_precision_ = false;
  /// Nodes that attend to every node alike because they have no neighbours.
  std::vector<char> uniform_;

  void attend_uniformly();
  Vector part(const Tensor& tensor, std::size_t head, std::size_t size) const;
  /// Fills one weight for each edge from the scores of its ends.
  std::vector<double> weights(const Matrix& attending, const Matrix& attended,
                              std::size_t head) const;
};

}  // namespace attngraph
