#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "metrics/flow/layer_capacities.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// A token at the output of `level` layers; level 0 are the inputs.
struct LevelNode {
  std::size_t level;
  std::size_t token;
};

/// A flow down the levels of a stack, and what it leaves of the capacities. A flow touches few
/// edges; they are remembered, so that the next one takes back only those.
class LayerResidual {
 public:
  using Token = std::int32_t;

  explicit LayerResidual(std::shared_ptr<const LayerCapacities> capacities);

  const LayerCapacities& capacities() const { return *capacities_; }
  std::size_t tokens() const { return tokens_; }
  std::size_t top() const { return rest_.size(); }
  /// The place of a node in lists of all; one more behind the tokens of each level is free.
  std::size_t id(LevelNode node) const { return node.level * (tokens_ + 1) + node.token; }
  std::size_t ids() const { return (top() + 1) * (tokens_ + 1); }

  /// What is left of the edge from a node to one a level below.
  double rest(LevelNode from, LevelNode to) const {
    return rest_[to.level].data()[from.token * tokens_ + to.token];
  }
  /// The same for all tokens of the level below. [key]
  const double* rest_below(LevelNode from) const {
    return rest_[from.level - 1].data() + from.token * tokens_;
  }
  /// What flows through it.
  double through(LevelNode from, LevelNode to) const {
    return capacities_->below(from.level).data()[from.token * tokens_ + to.token] - rest(from, to);
  }
  /// Tokens a level above (below) with which a node has exchanged flow.
  const std::vector<Token>& fed_by(LevelNode node) const { return fed_by_[id(node)]; }
  const std::vector<Token>& feeds(LevelNode node) const { return feeds_[id(node)]; }

  /// Sends so much more through an edge.
  void push(LevelNode from, LevelNode to, double amount);
  /// Sends so much less.
  void take_back(LevelNode from, LevelNode to, double amount) {
    rest_[to.level].data()[from.token * tokens_ + to.token] += amount;
  }
  /// Nothing flows any more.
  /// @param tokens for each level those that flow could have come through
  void forget(const std::vector<std::vector<Token>>& tokens);

 private:
  std::shared_ptr<const LayerCapacities> capacities_;
  std::size_t tokens_;
  std::vector<Matrix> rest_;
  std::vector<std::vector<Token>> fed_by_;
  std::vector<std::vector<Token>> feeds_;
};

}  // namespace attngraph
