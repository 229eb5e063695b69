#pragma once

#include <string>
#include <vector>

namespace attngraph {

/// Labels of the nodes of a graph of queries and keys: those of the keys, or, where queries are
/// nodes of their own, `q:` and `k:` before both.
inline std::vector<std::string> node_labels(const std::vector<std::string>& queries,
                                            const std::vector<std::string>& keys) {
  if (queries.size() == keys.size()) return keys;
  std::vector<std::string> labels;
  for (const std::string& label : queries) labels.push_back("q:" + label);
  for (const std::string& label : keys) labels.push_back("k:" + label);
  return labels;
}

}  // namespace attngraph
