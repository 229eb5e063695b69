#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/limits.hpp"
#include "formats/taken_memory.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// The nodes of a graph file that names them by ids, which edges may mention before the node
/// stands there.
class GraphNodes {
 public:
  GraphNodes(const std::string& where, const Limits& limits, TakenMemory& taken)
      : where_(where), limits_(limits), taken_(taken) {}

  /// A node of the file, in the order of the file.
  /// @throws InputError for an id that was declared before
  /// @throws LimitError for too long a label, and where all nodes take too much memory
  void declare(const std::string& id, std::optional<std::string> label);

  /// The probability of a node that is an output.
  void set_output(const std::string& id, double probability);

  /// The number by which this node is called until all are known.
  std::int32_t mentioned(const std::string& id);

  /// Labels, outputs and a note on the ids into `dump`: a node's own label, or its id; no labels
  /// where all are just their places.
  /// @return the final number of each mentioned node: its place in the order of ids where all are
  ///   whole numbers, otherwise its place in the file
  /// @throws InputError where one was never declared, or there is none
  std::vector<std::int32_t> finish(Dump& dump) const;

 private:
  struct Node {
    std::string id;
    std::optional<std::string> label;
    std::int32_t order = -1;  // place in the file; -1 until it is declared
    double output = 0;
  };

  const std::string& where_;
  const Limits& limits_;
  TakenMemory& taken_;
  std::unordered_map<std::string, std::int32_t> numbers_;
  std::vector<Node> nodes_;
  std::int32_t declared_ = 0;

  std::vector<std::int32_t> places() const;
};

}  // namespace attngraph
