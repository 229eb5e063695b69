#include "formats/edges/edge_groups.hpp"

#include <algorithm>
#include <cmath>

#include "core/text/counted.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::size_t edge_size = 2 * sizeof(std::int32_t) + sizeof(double);

/// How many edges lead from where to where another one before them does.
std::size_t repeated_edges(const EdgeArrays& edges) {
  std::vector<std::size_t> begin(edges.nodes + 1);
  for (const std::int32_t source : edges.source) ++begin[static_cast<std::size_t>(source) + 1];
  for (std::size_t v = 0; v < edges.nodes; ++v) begin[v + 1] += begin[v];
  std::vector<std::int32_t> targets(edges.size());
  std::vector<std::size_t> next(begin.begin(), begin.end() - 1);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    targets[next[static_cast<std::size_t>(edges.source[i])]++] = edges.target[i];
  }
  std::size_t repeated = 0;
  std::vector<std::int32_t> last_source(edges.nodes, -1);
  for (std::size_t v = 0; v < edges.nodes; ++v) {
    for (std::size_t i = begin[v]; i < begin[v + 1]; ++i) {
      auto& last = last_source[static_cast<std::size_t>(targets[i])];
      repeated += last == static_cast<std::int32_t>(v);
      last = static_cast<std::int32_t>(v);
    }
  }
  return repeated;
}

void renumber(std::vector<std::int32_t>& ends, std::span<const std::int32_t> numbers) {
  for (std::int32_t& end : ends) end = numbers[static_cast<std::size_t>(end)];
}

}  // namespace

void EdgeGroups::add(const Edge& edge) {
  ++(edge.weight ? weighted_ : unweighted_);
  double weight = edge.weight.value_or(1.0);
  if (weight < 0 && signed_) {
    ++negative_;
    if (signed_ == SignedWeights::positive) return;
    weight = std::abs(weight);
  }
  append(edge, weight);
  if (edge.directed || edge.source == edge.target) return;
  ++undirected_;
  Edge back = edge;
  std::swap(back.source, back.target);
  append(back, weight);
}

void EdgeGroups::append(const Edge& edge, double weight) {
  if (count_ == allowed_) {
    allowed_ = std::max<std::size_t>(1024, 2 * allowed_);
    require_memory(allowed_ * edge_size, limits_, where_);
  }
  ++count_;
  if (current_ == nullptr || current_->layer != edge.layer || current_->head != edge.head) {
    current_ = &groups_[{edge.layer, edge.head}];
    current_->layer = edge.layer;
    current_->head = edge.head;
  }
  current_->edges.add(static_cast<std::size_t>(edge.source), static_cast<std::size_t>(edge.target),
                      weight);
}

bool EdgeGroups::have_whole_rows(std::size_t queries) const {
  constexpr double rounding = 0.01;
  std::vector<double> sums(queries);
  return std::all_of(groups_.begin(), groups_.end(), [&](const auto& group) {
    const EdgeArrays& edges = group.second.edges;
    std::fill(sums.begin(), sums.end(), 0.0);
    for (std::size_t i = 0; i < edges.size(); ++i) {
      sums[static_cast<std::size_t>(edges.source[i])] += edges.weight[i];
    }
    return std::all_of(sums.begin(), sums.end(),
                       [](double sum) { return sum == 0 || std::abs(sum - 1) <= rounding; });
  });
}

void EdgeGroups::shift_targets(std::int32_t first) {
  for (auto& [place, list] : groups_) {
    for (std::int32_t& target : list.edges.target) target += first;
  }
}

void EdgeGroups::take_sizes() {
  if (signed_) return;
  signed_ = SignedWeights::absolute;
  for (auto& [place, list] : groups_) {
    for (double& weight : list.edges.weight) {
      negative_ += weight < 0;
      weight = std::abs(weight);
    }
  }
}

void EdgeGroups::finish(Dump& dump, std::size_t nodes, std::span<const std::int32_t> numbers) {
  require_memory(nodes * (sizeof(std::size_t) * 2 + sizeof(std::int32_t)), limits_, where_);
  dump.nodes = nodes;
  std::size_t repeated = 0;
  for (auto& [place, list] : groups_) {
    list.edges.nodes = nodes;
    if (!numbers.empty()) {
      renumber(list.edges.source, numbers);
      renumber(list.edges.target, numbers);
    }
    repeated += repeated_edges(list.edges);
    dump.edges.push_back(std::move(list));
  }
  groups_.clear();
  current_ = nullptr;
  const auto note = [&](std::size_t count, const char* noun, const char* singular,
                        const char* plural) {
    if (count > 0) dump.notes.push_back(counted(count, noun) + (count == 1 ? singular : plural));
  };
  note(undirected_, "undirected edge", " read as edges in both directions",
       " read as edges in both directions");
  if (weighted_ > 0)
    note(unweighted_, "edge", " has no weight and weighs 1", " have no weight and weigh 1");
  note(repeated, "edge",
       " stands there twice: both count, as parallel edges, and with their sum where a rule "
       "chooses edges",
       " stand there twice or more: all count, as parallel edges, and with their sum where a rule "
       "chooses edges");
  const bool absolute = signed_ == SignedWeights::absolute;
  note(negative_, "edge", absolute ? " below zero counts with its size" : " below zero left out",
       absolute ? " below zero count with their size" : " below zero left out");
}

std::string every_edge_weighs_one(std::string_view what, std::span<const std::string> others) {
  std::string note = "no " + std::string(what) + " 'weight': every edge weighs 1";
  if (others.empty()) return note;
  return note + "; $edge-weight takes another: " + in_quotes(others);
}

}  // namespace attngraph
