#include "metrics/flow/layer_residual.hpp"

#include <utility>

namespace attngraph {

LayerResidual::LayerResidual(std::shared_ptr<const LayerCapacities> capacities)
    : capacities_(std::move(capacities)),
      tokens_(capacities_->tokens()),
      rest_(capacities_->transitions()),
      fed_by_(ids()),
      feeds_(ids()) {}

void LayerResidual::push(LevelNode from, LevelNode to, double amount) {
  const std::size_t entry = from.token * tokens_ + to.token;
  double& left = rest_[to.level].data()[entry];
  if (left == capacities_->below(from.level).data()[entry]) {
    feeds_[id(from)].push_back(static_cast<Token>(to.token));
    fed_by_[id(to)].push_back(static_cast<Token>(from.token));
  }
  left -= amount;
}

void LayerResidual::forget(const std::vector<std::vector<Token>>& tokens) {
  for (std::size_t level = 1; level <= top(); ++level) {
    for (const Token from : tokens[level]) {
      auto& fed = feeds_[id({level, static_cast<std::size_t>(from)})];
      for (const Token to : fed) {
        rest_[level - 1](from, to) = capacities_->below(level)(from, to);
        fed_by_[id({level - 1, static_cast<std::size_t>(to)})].clear();
      }
      fed.clear();
    }
  }
}

}  // namespace attngraph
