#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/limits.hpp"
#include "formats/edges/field_place.hpp"
#include "formats/taken_memory.hpp"

namespace attngraph {

/// What columns of labels call the nodes of an edge list, beside their ids.
class NodeLabels {
 public:
  NodeLabels(const Limits& limits, TakenMemory& taken) : limits_(limits), taken_(taken) {}

  /// @throws InputError where the node was called otherwise before
  /// @throws LimitError where all take too much memory
  void add(std::int32_t node, std::string_view text, FieldPlace place);

  bool empty() const { return labels_.empty(); }
  /// Whether no node is called otherwise there.
  bool agrees_with(const NodeLabels& other) const;
  /// Takes those of `other`, which agrees, too.
  void merge(const NodeLabels& other);

  /// The label of a node, or `id` where it has none.
  std::string of(std::int32_t node, const std::string& id) const;
  /// Those of nodes 0 … count - 1; the index for one that has none.
  std::vector<std::string> of_indices(std::size_t count) const;

 private:
  const Limits& limits_;
  TakenMemory& taken_;
  std::unordered_map<std::int32_t, std::string> labels_;
};

}  // namespace attngraph
