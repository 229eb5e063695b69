#include "attention/edges/attention_of_edges.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>

#include "attention/edges/edge_direction.hpp"
#include "attention/stored/check_causal.hpp"
#include "core/error.hpp"
#include "core/memory_need.hpp"
#include "core/text/counted.hpp"
#include "core/text/number_text.hpp"

namespace attngraph {
namespace {

std::string place_of(const Dump& dump, const EdgeList& list, std::size_t i) {
  return dump.source + ": layer " + std::to_string(list.layer) + ", head " +
         std::to_string(list.head) + ", edge " + std::to_string(list.edges.source[i]) + " -> " +
         std::to_string(list.edges.target[i]);
}

void check_list(const Dump& dump, const EdgeList& list) {
  for (std::size_t i = 0; i < list.edges.size(); ++i) {
    const auto [low, high] = std::minmax(list.edges.source[i], list.edges.target[i]);
    if (low < 0 || static_cast<std::size_t>(high) >= dump.nodes) {
      throw InputError(place_of(dump, list, i),
                       "the graph has nodes 0 to " + std::to_string(dump.nodes - 1) + " only");
    }
    const double weight = list.edges.weight[i];
    if (!std::isfinite(weight) || weight < 0) {
      throw InputError(
          place_of(dump, list, i),
          "the weight is " + number_text(weight) + ", a finite number of at least 0 was expected",
          "$signed absolute takes its size, $signed positive leaves it out");
    }
  }
}

/// Queries and keys of edges are of two texts where the file says so.
void check_sides(const Dump& dump, const StackRequest& request) {
  if (dump.queries > 0 || !(request.cross || !request.query_tokens.empty())) return;
  throw ArgumentError(request.cross ? "$cross" : "$query-tokens",
                      dump.source + " has nodes of one kind, not queries and keys",
                      "nodes of a graph are those where queries are called q:…, keys k:…");
}

void check_labels(const char* option, const std::vector<std::string>& labels, std::size_t count,
                  const char* what) {
  if (labels.empty() || labels.size() == count) return;
  throw InputError(option, "there are " + std::to_string(labels.size()) +
                               " tokens, one for each of the " + std::to_string(count) + " " +
                               what + " was expected");
}

/// Those of the options in place of the file's, on each side; indices where there are none.
std::vector<std::string> labels_of_sides(const Dump& dump, const StackRequest& request) {
  const std::size_t keys = dump.nodes - dump.queries;
  check_labels("$query-tokens", request.query_tokens, dump.queries, "queries");
  check_labels("$tokens", request.tokens, keys, "keys");
  std::vector<std::string> labels;
  const auto add = [&](const std::vector<std::string>& given, std::size_t first,
                       std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const bool known = first + i < dump.tokens.size();
      labels.push_back(!given.empty() ? given[i]
                       : known        ? dump.tokens[first + i]
                                      : std::to_string(i));
    }
  };
  add(request.query_tokens, 0, dump.queries);
  add(request.tokens, dump.queries, keys);
  return labels;
}

std::vector<std::string> labels_of(const Dump& dump, const StackRequest& request) {
  const bool of_nodes = dump.queries == 0 || request.tokens.size() == dump.nodes;
  const bool given = !request.tokens.empty() || !request.query_tokens.empty();
  if (given && !of_nodes) return labels_of_sides(dump, request);
  const auto& tokens = request.tokens.empty() ? dump.tokens : request.tokens;
  if (tokens.empty() || tokens.size() == dump.nodes) return tokens;
  throw InputError("$tokens", "there are " + std::to_string(tokens.size()) +
                                  " tokens, one for each of the " + std::to_string(dump.nodes) +
                                  " nodes was expected");
}

void check_axes(const Axes& axes) {
  if (axes.empty()) return;
  const bool of_ends = axes.size() == 2 && !are_of_tokens(axes);
  if (of_ends) return;
  throw ArgumentError("$axes", "names " + axes_text(axes) + ", and edges have two ends",
                      "write $axes query,key where they lead from the query, $axes key,query where "
                      "they lead from the key");
}

/// Edges that seem to lead from the key to the query, and nobody said so.
void check_direction(const Dump& dump, const StackRequest& request, Normalize normalize,
                     std::vector<std::string>& notes) {
  if (dump.attributions || !request.axes.empty() || request.normalize) return;
  if (!leads_to_queries(dump.edges)) return;
  const std::string what =
      "the weights that come to a node sum to 1, not those that leave it: where edges lead from "
      "the key to the query";
  const std::string cure = "$axes key,query turns them";
  if (normalize == Normalize::none) return notes.push_back(what + ", " + cure);
  throw InputError(dump.source, what + " they must be turned",
                   cure + "; $axes query,key leaves them as they are");
}

/// Layers and heads are gone through as a grid, whichever of them the file has.
void check_grid(const Dump& dump) {
  constexpr std::size_t many = std::size_t{1} << 16, most_missing = 16;
  std::set<std::int64_t> layers, heads;
  for (const EdgeList& list : dump.edges) {
    layers.insert(list.layer);
    heads.insert(list.head);
  }
  const std::size_t pairs = layers.size() * heads.size();
  if (pairs <= many || pairs / most_missing <= dump.edges.size()) return;
  throw InputError(dump.source,
                   "has " + counted(layers.size(), "layer") + " and " +
                       counted(heads.size(), "head") + ", but edges of " +
                       std::to_string(dump.edges.size()) + " of these " + std::to_string(pairs) +
                       " pairs",
                   "number heads from 0 on in every layer");
}

}  // namespace

Attention attention_of_edges(const Dump& dump, const StackRequest& request,
                             std::vector<std::string>& notes) {
  check_axes(request.axes);
  check_sides(dump, request);
  check_grid(dump);
  check_memory(request.limits, {dump.nodes, bytes_per_token},
               dump.source + ": a graph of " + std::to_string(dump.nodes) + " nodes",
               "number the nodes from 0 on without gaps, or give them names");
  if (dump.queries > 0) {
    check_memory(request.limits, {dump.queries, dump.nodes - dump.queries, sizeof(double)},
                 dump.source + ": a matrix of queries and keys",
                 "ask graph, centrality or maxflow, which make none");
  }
  Attention whole =
      Attention::edges(dump.edges, dump.nodes, labels_of(dump, request), dump.source, dump.queries);
  whole.set_limits(request.limits);
  for (const EdgeList& list : dump.edges) check_list(dump, list);
  if (dump.attributions) {
    notes.push_back(
        "in this graph of attributions queries stand for what contributes, keys for what it "
        "contributes to");
  }
  const Normalize normalize = request.normalize.value_or(request.normalize_edges);
  check_direction(dump, request, normalize, notes);
  StackRequest rows = request;
  rows.normalize = normalize;
  rows.fuse.reset();
  const Attention chosen = selected_attention(whole, rows);
  const auto found = check_attention(chosen, normalize);
  if (request.causal.value_or(false)) check_causal(chosen);
  rows.fuse = request.fuse;
  notes.insert(notes.end(), found.begin(), found.end());
  return asked_attention(std::move(whole), rows, notes);
}

}  // namespace attngraph
