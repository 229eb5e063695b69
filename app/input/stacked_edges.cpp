#include "input/stacked_edges.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>

#include "core/error.hpp"

namespace attngraph {
namespace {

std::set<std::int64_t> layers_of(const std::vector<EdgeList>& lists) {
  std::set<std::int64_t> layers;
  for (const EdgeList& list : lists) layers.insert(list.layer);
  return layers;
}

[[noreturn]] void refuse_nodes(const Dump& part, const std::string& first) {
  throw InputError(part.source, "its nodes are not those of " + first,
                   "$tokens FILE or $nodes N says what they are in all files");
}

}  // namespace

/// Where the nodes of `part` stand among those of the stack.
std::vector<std::int32_t> StackedEdges::numbers_of(const Dump& part) const {
  if (part.tokens.size() != tokens_.size() || part.queries != queries_) {
    refuse_nodes(part, sources_.front());
  }
  std::vector<std::int32_t> numbers;
  std::vector<char> taken(tokens_.size(), 0);
  for (const std::string& token : part.tokens) {
    std::size_t i =
        numbers.size() < tokens_.size() && tokens_[numbers.size()] == token ? numbers.size() : 0;
    while (i < tokens_.size() && (taken[i] != 0 || tokens_[i] != token)) ++i;
    if (i == tokens_.size()) refuse_nodes(part, sources_.front());
    taken[i] = 1;
    numbers.push_back(static_cast<std::int32_t>(i));
  }
  return numbers;
}

void StackedEdges::add(const Dump& part) {
  if (files_.empty()) {
    tokens_ = part.tokens;
    queries_ = part.queries;
    sources_.push_back(part.source);
  }
  const std::vector<std::int32_t> numbers = numbers_of(part);
  nodes_ = std::max(nodes_, part.nodes);
  files_.push_back(part.edges);
  if (files_.size() > 1) sources_.push_back(part.source);
  if (numbers.empty()) return;
  for (EdgeList& list : files_.back()) {
    for (auto* ends : {&list.edges.source, &list.edges.target}) {
      for (std::int32_t& end : *ends) end = numbers[static_cast<std::size_t>(end)];
    }
  }
}

bool StackedEdges::share_layers() const {
  std::set<std::int64_t> seen;
  for (const auto& lists : files_) {
    for (const std::int64_t layer : layers_of(lists)) {
      if (!seen.insert(layer).second) return true;
    }
  }
  return false;
}

void StackedEdges::finish(Dump& stack) {
  const bool renumbered = share_layers();
  for (std::size_t i = 0; i < files_.size(); ++i) {
    const auto layers = layers_of(files_[i]);
    if (renumbered && layers.size() > 1) {
      throw InputError(sources_[i],
                       "holds " + std::to_string(layers.size()) +
                           " layers, and another file has one of the same number",
                       "a stack is of files with a layer each, or with layers of their own");
    }
    for (EdgeList& list : files_[i]) {
      list.edges.nodes = nodes_;
      if (renumbered) list.layer = static_cast<std::int64_t>(i);
      stack.edges.push_back(std::move(list));
    }
  }
  std::stable_sort(stack.edges.begin(), stack.edges.end(),
                   [](const EdgeList& a, const EdgeList& b) { return a.layer < b.layer; });
  stack.nodes = nodes_;
  stack.queries = queries_;
  stack.tokens = tokens_;
}

}  // namespace attngraph
