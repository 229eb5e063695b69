#include "formats/graphs/edge_groups.hpp"

#include <algorithm>

#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::size_t edge_size = 2 * sizeof(std::int32_t) + sizeof(double);

}  // namespace

void EdgeGroups::add(std::int64_t layer, std::int64_t head, std::int32_t source,
                     std::int32_t target, double weight) {
  if (count_ == allowed_) {
    allowed_ = std::max<std::size_t>(1024, 2 * allowed_);
    require_memory(allowed_ * edge_size, limits_, where_);
  }
  ++count_;
  if (current_ == nullptr || current_->layer != layer || current_->head != head) {
    current_ = &groups_[{layer, head}];
    current_->layer = layer;
    current_->head = head;
  }
  current_->edges.add(static_cast<std::size_t>(source), static_cast<std::size_t>(target), weight);
}

std::vector<EdgeList> EdgeGroups::take(std::size_t nodes) {
  std::vector<EdgeList> lists;
  for (auto& [place, list] : groups_) {
    list.edges.nodes = nodes;
    lists.push_back(std::move(list));
  }
  groups_.clear();
  return lists;
}

}  // namespace attngraph
