#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace attngraph {

/// What becomes of weights below zero.
enum class SignedWeights {
  /// Their size counts.
  absolute,
  /// Their edges are left out.
  positive
};

/// How the edges of a list or of a graph file are read.
struct EdgeOptions {
  /// The data of an edge that is its weight; where empty, `weight` in any case of letters.
  std::string edge_weight;
  /// Which data of a node is its label, in graph files; where empty, the first of `label`, `name`
  /// and `token`.
  std::string node_label = {};
  /// How many nodes an edge list has: its ids are then indices below this. Nothing where ids are
  /// names.
  std::optional<std::size_t> nodes;
  /// Nothing where they stay: who takes weights for attention refuses them.
  std::optional<SignedWeights> signed_weights;
  /// They lead from the key to the query, and are turned (`axes` key,query).
  bool from_keys = false;
  /// Which item of a batch, where the rows of a list tell several apart.
  std::optional<std::size_t> batch;
  /// Queries and keys are of two texts (`cross`): ids are indices on their side, sources are
  /// queries.
  bool cross = false;
  /// How many queries and keys there then are; nothing where the list itself must tell.
  std::optional<std::size_t> queries = std::nullopt;
  std::optional<std::size_t> keys = std::nullopt;
};

}  // namespace attngraph
