#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "graph/edge_arrays.hpp"

namespace attngraph {

/// Labels of the nodes of a graph of queries and keys: those of the keys, or, where queries are
/// nodes of their own, `q:` and `k:` before both.
inline std::vector<std::string> node_labels(const std::vector<std::string>& queries,
                                            const std::vector<std::string>& keys, Sides sides) {
  if (sides == Sides::self) return keys;
  std::vector<std::string> labels;
  labels.reserve(queries.size() + keys.size());
  for (const std::string& label : queries) labels.push_back("q:" + label);
  for (const std::string& label : keys) labels.push_back("k:" + label);
  return labels;
}

/// Whether some label says more than the index it stands for: an answer then names its tokens.
inline bool tell_more_than_indices(const std::vector<std::string>& labels) {
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] != std::to_string(i)) return true;
  }
  return false;
}

}  // namespace attngraph
