#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "metrics/flow/layer_residual.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// An edge from token `from` at the output of a layer to token `to` at its input.
struct LayerEdge {
  /// Position among the transitions, 0 nearest the inputs.
  std::size_t layer = 0;
  std::size_t from = 0;
  std::size_t to = 0;
  double capacity = 0;
};

/// Attention flow (Abnar and Zuidema 2020): how much can flow from one output of the model to its
/// inputs, when every entry of every layer's transition Ã [output, input] is the capacity of an
/// edge. One output at a time; a question about an input changes the state, not the answers.
/// Make one for each thread; they share the capacities.
class AttentionFlow {
 public:
  explicit AttentionFlow(std::shared_ptr<const LayerCapacities> capacities);
  /// @param transitions as for LayerCapacities
  explicit AttentionFlow(std::vector<Matrix> transitions)
      : AttentionFlow(std::make_shared<LayerCapacities>(std::move(transitions))) {}

  std::size_t tokens() const { return residual_.tokens(); }

  /// The output that the following are about.
  void choose_output(std::size_t output);
  /// What no flow to `input` can exceed: the row sum of the last layer at the output, or the column
  /// sum of the first layer over the queries the output reaches.
  double bound(std::size_t input) const { return reach_.bound.at(input); }
  /// The maximum flow to `input`.
  double flow(std::size_t input);
  /// The cheapest edges without which nothing flows to `input`; of several such sets the one
  /// nearest the input. In order of layer, from, to.
  std::vector<LayerEdge> minimum_cut(std::size_t input);

 private:
  using Token = LayerResidual::Token;
  using Node = LevelNode;

  LayerResidual residual_;
  std::size_t output_ = 0;
  std::size_t input_ = 0;
  OutputReach reach_;

  /// For each node: steps to the input in the residual graph, `unseen` where there is no way.
  std::vector<std::int32_t> distance_;
  /// For each node: how far its edges have been tried in this phase.
  std::vector<std::uint32_t> tried_;
  /// For each node: itself, or a later token of its level up to which none is of use any more.
  std::vector<std::uint32_t> useful_;
  std::vector<std::vector<Token>> candidates_;
  std::vector<Node> path_;
  std::vector<Node> queue_;

  std::size_t top() const { return residual_.top(); }
  std::size_t id(Node node) const { return residual_.id(node); }

  bool measure_distances(double tolerance);
  void see_senders(Node node, double tolerance);
  double blocking_flow();
  std::uint32_t next_useful(std::size_t level, std::uint32_t token);
  bool advance();
  bool advance_down(Node node, std::uint32_t& tried);
  double augment();
};

}  // namespace attngraph
