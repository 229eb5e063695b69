#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "formats/edges/edge_groups.hpp"
#include "formats/edges/edge_options.hpp"
#include "formats/edges/nodes/node_labels.hpp"

namespace attngraph {

/// Whether labels have the marks with which attngraph parts queries from keys.
bool are_marked(const NodeLabels& of_queries, const NodeLabels& of_keys);

/// The queries and the keys of an edge list: nodes of one text, or of two.
class EdgeSides {
 public:
  EdgeSides(const std::string& where, const EdgeOptions& options)
      : where_(where), options_(options) {}

  /// An edge from a query to a key, both by their indices.
  void see(const Edge& edge);

  std::size_t queries() const { return options_.queries.value_or(queries_); }
  std::size_t keys() const { return options_.keys.value_or(keys_); }

  /// Whether query 0 is not key 0: the options say so, labels do, or every query has every key of
  /// another number of them. A table of which rows are missing cannot tell, and is of one text.
  /// @throws InputError where some labels say so and most do not
  bool are_two(const EdgeGroups& groups, const NodeLabels& of_queries,
               const NodeLabels& of_keys) const;

  /// What was taken of two possible readings, and the option for the other; empty where nothing
  /// else was possible.
  std::string note(bool two, const NodeLabels& of_queries, const NodeLabels& of_keys) const;

 private:
  const std::string& where_;
  const EdgeOptions& options_;
  std::size_t queries_ = 0;
  std::size_t keys_ = 0;

  bool is_told() const { return options_.cross || options_.nodes || options_.from_keys; }
  bool are_complete(const EdgeGroups& groups) const;
};

}  // namespace attngraph
