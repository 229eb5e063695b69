#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/limits.hpp"
#include "formats/edges/nodes/field_place.hpp"
#include "formats/taken_memory.hpp"

namespace attngraph {

/// How the labels of two columns go together.
struct ComparedLabels {
  /// Nodes that have one in each.
  std::size_t shared = 0;
  /// Those of them that are called otherwise in the other, and the first.
  std::size_t different = 0;
  std::int32_t first = 0;
};

/// What columns of labels call the nodes of an edge list, beside their ids.
class NodeLabels {
 public:
  NodeLabels(const Limits& limits, TakenMemory& taken) : limits_(limits), taken_(taken) {}

  /// @throws InputError with `hint` where the node was called otherwise before
  /// @throws LimitError where all take too much memory
  void add(std::int32_t node, std::string_view text, FieldPlace place,
           const std::string& hint = "");

  bool empty() const { return labels_.empty(); }
  ComparedLabels compared(const NodeLabels& other) const;
  bool all_begin_with(std::string_view mark) const;
  /// Takes as many bytes off the begin of each.
  void cut(std::size_t bytes);
  /// Whether each is just the index of its node.
  bool are_indices() const;
  bool are_whole_numbers() const;
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
