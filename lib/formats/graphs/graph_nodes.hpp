#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/limits.hpp"

namespace attngraph {

/// The nodes of a graph file that names them by ids, which edges may mention before the node
/// stands there.
class GraphNodes {
 public:
  GraphNodes(const std::string& where, const Limits& limits) : where_(where), limits_(limits) {}

  /// A node of the file, in the order of the file.
  /// @throws InputError for an id that was declared before, LimitError for too long a label
  void declare(std::string id, std::optional<std::string> label);

  /// The number by which this node is called until all are known.
  std::int32_t mentioned(const std::string& id);

  /// The index of each mentioned node: its id where all ids are the numbers from 0 on, otherwise
  /// its place in the file.
  /// @throws InputError where one was never declared, or there is none
  std::vector<std::int32_t> indices() const;

  /// A label for each index: its own, or its id; none where no node has one and all ids are just
  /// numbers (`7`, `n7`).
  std::vector<std::string> tokens() const;

 private:
  struct Node {
    std::string id;
    std::optional<std::string> label;
    std::int32_t order = -1;  // place in the file; -1 until it is declared
  };

  const std::string& where_;
  const Limits& limits_;
  std::unordered_map<std::string, std::int32_t> numbers_;
  std::vector<Node> nodes_;
  std::int32_t declared_ = 0;

  bool ids_are_indices() const;
};

}  // namespace attngraph
