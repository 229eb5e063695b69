#include "formats/graphs/graph_nodes.hpp"

#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "formats/rules.hpp"

namespace attngraph {

void GraphNodes::declare(std::string id, std::optional<std::string> label) {
  const std::string place = where_ + ": node " + in_quotes(id);
  require_label(label.value_or(id), limits_, place);
  Node& node = nodes_[static_cast<std::size_t>(mentioned(id))];
  if (node.order >= 0) throw InputError(place, "is declared twice");
  node.order = declared_++;
  node.label = std::move(label);
}

std::int32_t GraphNodes::mentioned(const std::string& id) {
  const auto [entry, is_new] = numbers_.emplace(id, static_cast<std::int32_t>(nodes_.size()));
  if (is_new) {
    require_memory((nodes_.size() + 1) * 2 * sizeof(Node), limits_, where_);
    nodes_.push_back({id, std::nullopt, -1});
  }
  return entry->second;
}

bool GraphNodes::ids_are_indices() const {
  std::vector<bool> seen(nodes_.size());
  for (const Node& node : nodes_) {
    const auto index = parsed<std::size_t>(node.id);
    if (!index || *index >= seen.size() || seen[*index]) return false;
    seen[*index] = true;
  }
  return true;
}

std::vector<std::int32_t> GraphNodes::indices() const {
  if (nodes_.empty()) throw InputError(where_, "holds no node");
  const bool by_id = ids_are_indices();
  std::vector<std::int32_t> indices;
  for (const Node& node : nodes_) {
    if (node.order < 0) {
      throw InputError(where_, "an edge ends at the node " + in_quotes(node.id) +
                                   ", which does not stand in the file");
    }
    indices.push_back(by_id ? *parsed<std::int32_t>(node.id) : node.order);
  }
  return indices;
}

std::vector<std::string> GraphNodes::tokens() const {
  const bool labelled = std::any_of(nodes_.begin(), nodes_.end(),
                                    [](const Node& node) { return node.label.has_value(); });
  const bool numbered =
      ids_are_indices() || std::all_of(nodes_.begin(), nodes_.end(), [](const Node& node) {
        return node.id == "n" + std::to_string(node.order);
      });
  if (!labelled && numbered) return {};
  const std::vector<std::int32_t> places = indices();
  std::vector<std::string> tokens(nodes_.size());
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    tokens[static_cast<std::size_t>(places[i])] = nodes_[i].label.value_or(nodes_[i].id);
  }
  return tokens;
}

}  // namespace attngraph
