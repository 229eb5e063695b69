// Maximum flow in a layered graph by blocking flows (Dinic 1970), on dense matrices.
//
// Requires finite capacities, not negative. The graph of a stack is dense between neighbouring
// layers and empty elsewhere, so capacities stay matrices: no edge lists are built, and the same
// two copies (the capacity, and what is left of it) serve all pairs. Distances to the input are
// found backwards over lists of nodes not seen yet; the first node of a layer usually finds all of
// the next, which makes this O(layers n) instead of O(layers n²). Most flows saturate the edges at
// the output or at the input, where the search for a further path ends at once. A flow touches few
// edges; they are remembered, so that the next question takes back only those.
//
// Cost for one pair: one or a few phases, each O(layers n²) at worst and far less on attention;
// memory 16 bytes for each entry of the transitions. Sums of many floats meet the true value
// within about 1e-13.

#include "metrics/attention_flow.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

#include "core/stop.hpp"

namespace attngraph {
namespace {

constexpr std::int32_t unseen = std::numeric_limits<std::int32_t>::max();
/// What is left of a capacity counts as nothing below this part of the whole flow: rounding.
constexpr double rounding = 1e-12;

}  // namespace

AttentionFlow::AttentionFlow(std::vector<Matrix> transitions)
    : tokens_(static_cast<std::size_t>(transitions.at(0).rows())),
      capacity_(std::move(transitions)),
      rest_(capacity_),
      reached_(capacity_.size() + 1),
      distance_(reached_.size() * tokens_, unseen),
      tried_(distance_.size(), 0),
      fed_by_(distance_.size()),
      feeds_(distance_.size()),
      unseen_(reached_.size()) {}

double AttentionFlow::rest(std::size_t level, std::size_t from, std::size_t to) const {
  return rest_[level - 1].data()[from * tokens_ + to];
}

double AttentionFlow::through(std::size_t level, std::size_t from, std::size_t to) const {
  return capacity_[level - 1].data()[from * tokens_ + to] - rest(level, from, to);
}

void AttentionFlow::choose_output(std::size_t output) {
  assert(output < tokens_);
  forget_flow();
  output_ = output;
  for (auto& tokens : reached_) tokens.clear();
  reached_[top()] = {static_cast<Token>(output)};
  Eigen::RowVectorXd arriving;
  for (std::size_t level = top(); level > 0; --level) {
    arriving.setZero(static_cast<Index>(tokens_));
    for (const Token from : reached_[level]) arriving += capacity_[level - 1].row(from);
    for (Index to = 0; to < arriving.size(); ++to) {
      if (arriving[to] > 0) reached_[level - 1].push_back(static_cast<Token>(to));
    }
  }
  const double leaving = capacity_.back().row(static_cast<Index>(output)).sum();
  bound_.assign(tokens_, 0.0);
  for (std::size_t i = 0; i < tokens_; ++i) {
    bound_[i] = std::min(leaving, arriving[static_cast<Index>(i)]);
  }
}

double AttentionFlow::bound(std::size_t input) const { return bound_.at(input); }

void AttentionFlow::forget_flow() {
  for (std::size_t level = 1; level <= top(); ++level) {
    for (const Token from : reached_[level]) {
      auto& fed = feeds_[id({level, static_cast<std::size_t>(from)})];
      for (const Token to : fed) {
        rest_[level - 1](from, to) = capacity_[level - 1](from, to);
        fed_by_[id({level - 1, static_cast<std::size_t>(to)})].clear();
      }
      fed.clear();
    }
  }
}

/// Breadth-first from the input, against the direction of the residual edges that have more than
/// `tolerance` left.
/// @returns whether the output was found
bool AttentionFlow::measure_distances(std::size_t input, double tolerance) {
  std::fill(distance_.begin(), distance_.end(), unseen);
  for (std::size_t level = 0; level <= top(); ++level) unseen_[level] = reached_[level];
  queue_.assign(1, {0, input});
  distance_[id({0, input})] = 0;
  const auto see = [&](Node node, std::int32_t distance) {
    distance_[id(node)] = distance;
    queue_.push_back(node);
  };
  const std::size_t goal = id({top(), output_});
  for (std::size_t next = 0; next < queue_.size() && distance_[goal] == unseen; ++next) {
    const Node node = queue_[next];
    const std::int32_t distance = distance_[id(node)] + 1;
    for (const Token to : feeds_[id(node)]) {
      const Node below{node.level - 1, static_cast<std::size_t>(to)};
      if (distance_[id(below)] != unseen) continue;
      if (through(node.level, node.token, below.token) > tolerance) see(below, distance);
    }
    if (node.level == top()) continue;
    auto& candidates = unseen_[node.level + 1];
    std::size_t kept = 0;
    for (const Token candidate : candidates) {
      const Node above{node.level + 1, static_cast<std::size_t>(candidate)};
      if (distance_[id(above)] != unseen) continue;
      if (rest(above.level, above.token, node.token) > tolerance) {
        see(above, distance);
      } else {
        candidates[kept++] = candidate;
      }
    }
    candidates.resize(kept);
  }
  return distance_[goal] != unseen;
}

void AttentionFlow::push(std::size_t level, std::size_t from, std::size_t to, double amount) {
  const std::size_t entry = from * tokens_ + to;
  double& left = rest_[level - 1].data()[entry];
  if (left == capacity_[level - 1].data()[entry]) {
    feeds_[id({level, from})].push_back(static_cast<Token>(to));
    fed_by_[id({level - 1, to})].push_back(static_cast<Token>(from));
  }
  left -= amount;
}

/// Puts the next node of a shortest way behind the last of the path.
/// @returns false where there is none
bool AttentionFlow::advance() {
  const Node node = path_.back();
  const std::int32_t wanted = distance_[id(node)] - 1;
  std::uint32_t& tried = tried_[id(node)];
  if (node.level > 0) {
    const double* left = rest_[node.level - 1].data() + node.token * tokens_;
    const std::int32_t* distances = distance_.data() + (node.level - 1) * tokens_;
    for (; tried < tokens_; ++tried) {
      if (distances[tried] != wanted || !(left[tried] > 0)) continue;
      path_.push_back({node.level - 1, tried});
      return true;
    }
  }
  const auto& above = fed_by_[id(node)];
  for (; tried < tokens_ + above.size(); ++tried) {
    const Node back{node.level + 1, static_cast<std::size_t>(above[tried - tokens_])};
    if (distance_[id(back)] != wanted || !(through(back.level, back.token, node.token) > 0)) {
      continue;
    }
    path_.push_back(back);
    return true;
  }
  return false;
}

/// Sends as much as the path takes and shortens it to the node before the first edge that is full.
double AttentionFlow::augment() {
  double amount = std::numeric_limits<double>::infinity();
  std::size_t narrowest = 0;
  for (std::size_t i = 0; i + 1 < path_.size(); ++i) {
    const Node a = path_[i], b = path_[i + 1];
    const double space =
        a.level > b.level ? rest(a.level, a.token, b.token) : through(b.level, b.token, a.token);
    if (space < amount) {
      amount = space;
      narrowest = i;
    }
  }
  for (std::size_t i = 0; i + 1 < path_.size(); ++i) {
    const Node a = path_[i], b = path_[i + 1];
    if (a.level > b.level) {
      push(a.level, a.token, b.token, amount);
    } else {
      rest_[b.level - 1].data()[b.token * tokens_ + a.token] += amount;
    }
  }
  path_.resize(narrowest + 1);
  return amount;
}

double AttentionFlow::blocking_flow(std::size_t input) {
  std::fill(tried_.begin(), tried_.end(), 0);
  double sum = 0;
  path_.assign(1, {top(), output_});
  while (!path_.empty()) {
    const Node node = path_.back();
    if (node.level == 0 && node.token == input) {
      sum += augment();
    } else if (!advance()) {
      distance_[id(node)] = unseen;
      path_.pop_back();
    }
  }
  return sum;
}

double AttentionFlow::flow(std::size_t input) {
  forget_flow();
  double sum = 0;
  while (measure_distances(input, 0)) {
    check_stop();
    sum += blocking_flow(input);
  }
  return std::min(sum, bound(input));
}

std::vector<LayerEdge> AttentionFlow::minimum_cut(std::size_t input) {
  measure_distances(input, rounding * flow(input));
  std::vector<LayerEdge> cut;
  for (std::size_t level = 1; level <= top(); ++level) {
    for (const Token token : reached_[level]) {
      const auto from = static_cast<std::size_t>(token);
      if (distance_[id({level, from})] != unseen) continue;
      for (const Token to : reached_[level - 1]) {
        const double capacity = capacity_[level - 1](token, to);
        const auto below = static_cast<std::size_t>(to);
        if (capacity > 0 && distance_[id({level - 1, below})] != unseen) {
          cut.push_back({level - 1, from, below, capacity});
        }
      }
    }
  }
  return cut;
}

}  // namespace attngraph
