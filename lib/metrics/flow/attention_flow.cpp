// Maximum flow in a layered graph by blocking flows (Dinic 1970), on dense matrices.
//
// Requires finite capacities, not negative. The graph of a stack is dense between neighbouring
// levels and empty elsewhere, so capacities stay matrices: no edge lists are built, and the
// capacities and what is left of them serve all pairs. Three things make it fast. Distances to the
// input are measured backwards over lists of nodes not seen yet: the first node of a level usually
// finds all of the next. Paths try the residual edge and the edge to the input's own token first,
// which are wide, so that few paths are needed; nodes that lead nowhere any more are skipped
// through links. And most flows saturate the edges at the output or at the input, where the search
// for a further path ends at once. A flow touches few edges; they are remembered, so that the next
// question takes back only those.
//
// Cost for one pair: one or a few phases, each O(layers n²) at worst and far less on attention;
// memory 16 bytes for each entry of the transitions, half of it shared among copies. The sums of
// many floats meet the true value within about 1e-13.

#include "metrics/flow/attention_flow.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

#include "core/stop.hpp"

namespace attngraph {
namespace {

constexpr std::int32_t unseen = std::numeric_limits<std::int32_t>::max();
/// What is left of a capacity counts as nothing below this part of the whole flow: rounding.
constexpr double rounding = 1e-12;
/// Places of a node's trials before its row is gone through: its own token, the input's token.
constexpr std::uint32_t favourites = 2;

}  // namespace

AttentionFlow::AttentionFlow(std::shared_ptr<const LayerCapacities> capacities)
    : residual_(std::move(capacities)),
      // A place behind the tokens of each level ends the links of useful_.
      distance_(residual_.ids(), unseen),
      tried_(residual_.ids(), 0),
      useful_(residual_.ids(), 0),
      candidates_(top() + 1) {
  choose_output(0);
}

void AttentionFlow::choose_output(std::size_t output) {
  assert(output < tokens());
  if (!reach_.bound.empty()) {
    if (output == output_) return;
    residual_.forget(reach_.tokens);
  }
  output_ = output;
  reach_ = output_reach(residual_.capacities(), output);
}

/// Breadth-first from the input, against the direction of the residual edges that have more than
/// `tolerance` left.
/// @returns whether the output was found
bool AttentionFlow::measure_distances(double tolerance) {
  std::fill(distance_.begin(), distance_.end(), unseen);
  for (std::size_t level = 0; level <= top(); ++level) {
    candidates_[level].clear();
    for (const Token token : reach_.tokens[level]) {
      if (residual_.capacities().reaches(level, static_cast<std::size_t>(token), input_)) {
        candidates_[level].push_back(token);
      }
    }
  }
  queue_.assign(1, {0, input_});
  distance_[id({0, input_})] = 0;
  const std::size_t goal = id({top(), output_});
  for (std::size_t next = 0; next < queue_.size() && distance_[goal] == unseen; ++next) {
    see_senders(queue_[next], tolerance);
  }
  return distance_[goal] != unseen;
}

/// Puts the nodes that could send more to `node`, and have not been seen, at the end of the queue.
void AttentionFlow::see_senders(Node node, double tolerance) {
  const std::int32_t distance = distance_[id(node)] + 1;
  const auto see = [&](Node sender) {
    distance_[id(sender)] = distance;
    queue_.push_back(sender);
  };
  for (const Token to : residual_.feeds(node)) {
    const Node below{node.level - 1, static_cast<std::size_t>(to)};
    if (distance_[id(below)] == unseen && residual_.through(node, below) > tolerance) see(below);
  }
  if (node.level == top()) return;
  auto& candidates = candidates_[node.level + 1];
  std::size_t kept = 0;
  for (const Token candidate : candidates) {
    const Node above{node.level + 1, static_cast<std::size_t>(candidate)};
    if (distance_[id(above)] != unseen) continue;
    if (residual_.rest(above, node) > tolerance) {
      see(above);
    } else {
      candidates[kept++] = candidate;
    }
  }
  candidates.resize(kept);
}

/// The first token of a level, from `token` on, that may still lead to the input.
std::uint32_t AttentionFlow::next_useful(std::size_t level, std::uint32_t token) {
  std::uint32_t* links = useful_.data() + id({level, 0});
  while (links[token] != token) {
    links[token] = links[links[token]];
    token = links[token];
  }
  return token;
}

/// Tries the edges down, in the order favourites, then all by token; `tried` counts them.
bool AttentionFlow::advance_down(Node node, std::uint32_t& tried) {
  const std::size_t below = node.level - 1;
  const double* left = residual_.rest_below(node);
  const std::int32_t* distances = distance_.data() + id({below, 0});
  const std::int32_t wanted = distance_[id(node)] - 1;
  const auto leads_on = [&](std::size_t to) { return distances[to] == wanted && left[to] > 0; };
  for (; tried < favourites; ++tried) {
    const std::size_t to = tried == 0 ? node.token : input_;
    if (!leads_on(to)) continue;
    path_.push_back({below, to});
    return true;
  }
  for (;; ++tried) {
    const std::uint32_t to = next_useful(below, tried - favourites);
    tried = to + favourites;
    if (to == tokens()) return false;
    if (!leads_on(to)) continue;
    path_.push_back({below, to});
    return true;
  }
}

/// Puts the next node of a shortest way behind the last of the path.
/// @returns false where there is none
bool AttentionFlow::advance() {
  const Node node = path_.back();
  const auto row_end = static_cast<std::uint32_t>(tokens()) + favourites;
  std::uint32_t& tried = tried_[id(node)];
  if (node.level == 0) tried = std::max(tried, row_end);
  if (tried < row_end && advance_down(node, tried)) return true;
  const auto& above = residual_.fed_by(node);
  for (; tried < row_end + above.size(); ++tried) {
    const Node back{node.level + 1, static_cast<std::size_t>(above[tried - row_end])};
    if (distance_[id(back)] != distance_[id(node)] - 1 || !(residual_.through(back, node) > 0))
      continue;
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
    const double space = a.level > b.level ? residual_.rest(a, b) : residual_.through(b, a);
    if (space < amount) {
      amount = space;
      narrowest = i;
    }
  }
  for (std::size_t i = 0; i + 1 < path_.size(); ++i) {
    const Node a = path_[i], b = path_[i + 1];
    if (a.level > b.level) {
      residual_.push(a, b, amount);
    } else {
      residual_.take_back(b, a, amount);
    }
  }
  path_.resize(narrowest + 1);
  return amount;
}

double AttentionFlow::blocking_flow() {
  std::fill(tried_.begin(), tried_.end(), 0);
  for (std::size_t level = 0; level <= top(); ++level) {
    std::uint32_t* links = useful_.data() + id({level, 0});
    auto next = links[tokens()] = static_cast<std::uint32_t>(tokens());
    for (std::uint32_t token = next; token-- > 0;) {
      if (distance_[id({level, token})] != unseen) next = token;
      links[token] = next;
    }
  }
  double sum = 0;
  path_.assign(1, {top(), output_});
  while (!path_.empty()) {
    const Node node = path_.back();
    if (node.level == 0 && node.token == input_) {
      sum += augment();
    } else if (!advance()) {
      distance_[id(node)] = unseen;
      useful_[id(node)] = static_cast<std::uint32_t>(node.token + 1);
      path_.pop_back();
    }
  }
  return sum;
}

double AttentionFlow::flow(std::size_t input) {
  residual_.forget(reach_.tokens);
  input_ = input;
  double sum = 0;
  while (measure_distances(0)) {
    check_stop();
    sum += blocking_flow();
  }
  return std::min(sum, bound(input));
}

std::vector<LayerEdge> AttentionFlow::minimum_cut(std::size_t input) {
  measure_distances(rounding * flow(input));
  std::vector<LayerEdge> cut;
  for (std::size_t level = 1; level <= top(); ++level) {
    for (const Token token : reach_.tokens[level]) {
      const auto from = static_cast<std::size_t>(token);
      if (distance_[id({level, from})] != unseen) continue;
      for (const Token to : reach_.tokens[level - 1]) {
        const double capacity = residual_.capacities().below(level)(token, to);
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
