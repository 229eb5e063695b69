#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/limits.hpp"
#include "formats/edges/edge_options.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// One edge as a file gives it.
struct Edge {
  std::int64_t layer = 0;
  std::int64_t head = 0;
  std::int32_t source = 0;
  std::int32_t target = 0;
  /// Nothing where the file gives none: it then weighs 1.
  std::optional<double> weight;
  /// Otherwise it leads both ways.
  bool directed = true;
};

/// Edges on their way into one list for each layer and head.
class EdgeGroups {
 public:
  EdgeGroups(const std::string& where, const Limits& limits,
             std::optional<SignedWeights> signed_weights)
      : where_(where), limits_(limits), signed_(signed_weights) {}

  /// @throws LimitError where the edges would exceed `limits.memory`
  void add(const Edge& edge);

  /// Edges, in all lists.
  std::size_t size() const { return count_; }
  /// Edges that are in none, since they weigh less than zero.
  std::size_t left_out() const { return signed_ == SignedWeights::positive ? negative_ : 0; }
  /// Lists.
  std::size_t count() const { return groups_.size(); }
  /// Whether an edge came with a weight.
  bool weighted() const { return weighted_ > 0; }

  /// Whether the weights of each query of each list sum to 1, but for rounding; to 0 where it sees
  /// no key.
  bool have_whole_rows(std::size_t queries) const;

  /// Numbers all targets from `first` on, apart from the sources.
  void shift_targets(std::int32_t first);

  /// Weights below zero count with their size, where nothing was said of them before.
  void take_sizes();

  /// Puts into `dump` the lists by layer, then head, both ascending, edges in the order in which
  /// they came, and the notes on what was assumed of them.
  /// @param numbers the final number of each node; empty where nodes keep theirs
  void finish(Dump& dump, std::size_t nodes, std::span<const std::int32_t> numbers);

 private:
  const std::string& where_;
  const Limits& limits_;
  std::optional<SignedWeights> signed_;
  std::map<std::pair<std::int64_t, std::int64_t>, EdgeList> groups_;
  EdgeList* current_ = nullptr;
  std::size_t count_ = 0;
  std::size_t allowed_ = 0;
  std::size_t weighted_ = 0;
  std::size_t unweighted_ = 0;
  std::size_t undirected_ = 0;
  std::size_t negative_ = 0;

  void append(const Edge& edge, double weight);
};

/// What to say where no edge has a weight: `no column 'weight': every edge weighs 1`, and what
/// could be one.
/// @param what how such a file calls the data of edges
std::string every_edge_weighs_one(std::string_view what, std::span<const std::string> others);

}  // namespace attngraph
