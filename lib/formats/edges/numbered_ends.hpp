#pragma once

#include <string>

#include "formats/edges/nodes/node_labels.hpp"

namespace attngraph {

/// Columns that say of both ends a text and an index (`query` and `query_idx`): the index is the id
/// of the node, the text its label.
struct NumberedEnds {
  std::string source;
  std::string target;
  std::string source_index;
  std::string target_index;

  std::string note() const;

  /// What to do where it is not so, or not known.
  std::string hint() const;

  /// @throws InputError at `where` if the texts are whole numbers too, and others: either may be
  /// the index
  void require_texts(const NodeLabels& of_sources, const NodeLabels& of_targets,
                     const std::string& where) const;
};

}  // namespace attngraph
