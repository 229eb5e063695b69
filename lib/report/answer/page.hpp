#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "attention/head_label.hpp"
#include "report/answer/kept_answer.hpp"
#include "report/answer/sink.hpp"

namespace attngraph {

/// The largest weights of each query of one head.
struct PageHead {
  std::int64_t layer = 0;
  HeadLabel head = std::int64_t{0};
  /// For each query, how many of its weights are here.
  std::vector<std::uint32_t> counts;
  /// Keys and weights, query by query, keys rising. None is zero.
  std::vector<std::uint32_t> keys;
  std::vector<float> weights;
  /// For each query, the sum of its weights that are not here.
  std::vector<float> omitted;
};

/// A measure of every token of every head.
struct PageMeasure {
  Column column;
  /// [head, node]
  std::vector<float> values;
};

/// A way of information from an input to an output.
struct PageRoute {
  double probability = 0;
  /// The token at every level, the output first; indices into Page::route_labels.
  std::vector<std::size_t> tokens;
};

/// Everything about one attention that a page to click through shows: answers of other commands,
/// and the weights themselves.
struct Page {
  std::string source;
  bool cross = false;
  bool causal = false;
  /// Labels are texts of tokens, not only indices.
  bool labelled = false;
  std::vector<std::string> query_labels;
  std::vector<std::string> key_labels;
  /// So many weights of each query are kept; nothing for all.
  std::optional<std::size_t> kept;
  /// The answer of `heads`, in the order of `weights`.
  KeptAnswer heads;
  /// Of `centrality`: nodes of a graph, queries and then keys where these are of two sequences.
  std::size_t nodes = 0;
  std::vector<PageMeasure> measures;
  /// Layers that the following go through, by their index in the file; the residual share.
  std::vector<std::int64_t> layers;
  std::string residual;
  /// [output, input]; empty where `absent` says why. Flow, or with `flow_is_bound` what no flow
  /// exceeds.
  std::vector<float> rollout;
  std::vector<float> flow;
  bool flow_is_bound = false;
  /// The most probable ones to each output.
  std::vector<std::vector<PageRoute>> routes;
  std::vector<std::string> route_labels;
  /// `rollout`, `flow`, `routes`: why there is none.
  std::map<std::string, std::string> absent;
  std::vector<PageHead> weights;
};

}  // namespace attngraph
