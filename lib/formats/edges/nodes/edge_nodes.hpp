#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/limits.hpp"
#include "formats/edges/nodes/field_place.hpp"
#include "formats/edges/nodes/node_labels.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// How the ids of an edge list are kept while it is read.
enum class Ids {
  /// Each is a number, and names the node of that number.
  numbers,
  /// Any text.
  names
};

/// The nodes of an edge list, which are there because an edge names them: ids that are all whole
/// numbers stand in their order, others in the order in which they came. Where something else
/// tells the nodes (their count, or labels), ids are indices.
class EdgeNodes {
 public:
  /// @param count of nodes; nothing where the list itself must tell
  /// @param labelled whether columns say what nodes are called
  EdgeNodes(const Limits& limits, TakenMemory& taken, Ids ids, std::optional<std::size_t> count,
            bool labelled);

  /// The number of the node called `id`, until all are known; nothing where ids must be numbers
  /// and this is none.
  /// @throws InputError for an empty id, and for one that is no index below the count
  /// @throws LimitError where all take too much memory
  std::optional<std::int32_t> number(std::string_view id, FieldPlace place);

  /// Final count, labels and notes into `dump`.
  /// @return the final number of each node; empty where nodes keep theirs
  std::vector<std::int32_t> finish(Dump& dump, const NodeLabels& labels) const;

 private:
  const Limits& limits_;
  TakenMemory& taken_;
  Ids ids_;
  std::optional<std::size_t> count_;
  bool indices_;
  /// 1 + the largest number so far.
  std::size_t end_ = 0;
  std::vector<bool> seen_;
  std::unordered_map<std::string, std::int32_t> numbers_;
  std::vector<std::string> names_;

  std::int32_t name(std::string_view id, FieldPlace place);
  void see(std::size_t node);
  std::vector<std::int32_t> numbers_in_order(Dump& dump, const NodeLabels& labels) const;
  std::vector<std::int32_t> names_in_order(Dump& dump, const NodeLabels& labels) const;
};

}  // namespace attngraph
