#include "report/drawn/heads/head_drawing.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/memory_need.hpp"
#include "core/text/number_text.hpp"
#include "report/drawn/drawing_texts.hpp"

namespace attngraph {
namespace {

constexpr std::size_t every_edge = std::numeric_limits<std::size_t>::max();

/// From a list that grows to what a writer makes of it.
constexpr std::size_t bytes_per_edge = 600;

}  // namespace

ShownEdges shown_edges(const RowCriteria& choice, std::size_t tokens) {
  ShownEdges shown{choice, std::nullopt};
  if (choice.any()) return shown;
  if (tokens < many_to_draw) {
    shown.choice.top_k = shown_per_query;
  } else {
    shown.in_all = shown_of_all;
  }
  return shown;
}

HeadDrawing::HeadDrawing(Direction direction, ShownEdges shown, std::size_t nodes,
                         const Limits& limits)
    : direction_(direction),
      which_(shown),
      limits_(limits),
      received_(Vector::Zero(static_cast<Index>(nodes))) {}

void HeadDrawing::count(const EdgeArrays& edges) {
  for (std::size_t e = 0; e < edges.size(); ++e) {
    const bool attends = direction_ == Direction::attends;
    received_[attends ? edges.target[e] : edges.source[e]] += edges.weight[e];
    weight_ += edges.weight[e];
  }
  edges_ += edges.size();
}

void HeadDrawing::show(const EdgeArrays& edges) {
  const auto heavier = [](const Edge& a, const Edge& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.number < b.number;
  };
  if (!which_.in_all) {
    check_memory(limits_, {shown_.size() + edges.size(), bytes_per_edge},
                 "a graph of so many edges", "$top-k K shows K of each query");
  }
  for (std::size_t e = 0; e < edges.size(); ++e) {
    shown_.push_back({chosen_ + e, edges.source[e], edges.target[e], edges.weight[e]});
    if (!which_.in_all) continue;
    std::push_heap(shown_.begin(), shown_.end(), heavier);
    if (shown_.size() <= *which_.in_all) continue;
    std::pop_heap(shown_.begin(), shown_.end(), heavier);
    shown_.pop_back();
  }
  chosen_ += edges.size();
}

std::string HeadDrawing::above() const {
  const RowCriteria& choice = which_.choice;
  std::string text;
  if (choice.threshold) text = " above " + number_text(*choice.threshold);
  if (choice.share) text = " above an equal share";
  if (choice.disparity) text += " of disparity below " + number_text(*choice.disparity);
  return text;
}

std::string HeadDrawing::remark(const EdgeArrays& shown) const {
  const std::string count = std::to_string(shown.size()), all = std::to_string(edges_);
  if (shown.size() == edges_) return "all " + all + " edges";
  const auto& top_k = which_.choice.top_k;
  const std::string above = this->above();
  const bool some = top_k && *top_k != every_edge;
  std::string text;
  if (which_.in_all) {
    text = "the " + count + " largest edges of " + all;
  } else if (!above.empty()) {
    text = count + " edges" + above +
           (some ? ", at most " + std::to_string(*top_k) + " of each query," : "") + " of " + all;
  } else {
    text = per_query_text(*top_k) + ", " + count + " of " + all;
  }
  double weight = 0;
  for (const double w : shown.weight) weight += w;
  return text + " (" + share_text(weight / weight_) + " of the attention)";
}

EdgeArrays HeadDrawing::taken(std::size_t nodes) {
  std::vector<Edge> shown = std::move(shown_);
  std::sort(shown.begin(), shown.end(),
            [](const Edge& a, const Edge& b) { return a.number < b.number; });
  EdgeArrays edges;
  edges.nodes = nodes;
  for (const Edge& edge : shown) edges.add(edge.source, edge.target, edge.weight);
  return edges;
}

Drawing HeadDrawing::drawn(const std::vector<std::string>& labels, Layout layout,
                           std::size_t queries) && {
  const EdgeArrays shown = taken(labels.size());
  Drawing graph;
  graph.direction = direction_name(direction_);
  graph.layout = layout;
  graph.queries = queries;
  graph.edges.reserve(shown.size());
  for (std::size_t e = 0; e < shown.size(); ++e) {
    graph.edges.push_back({shown.source[e], shown.target[e], shown.weight[e]});
  }
  graph.left_out = edges_ - shown.size();
  graph.remarks.push_back("shown: " + remark(shown));
  const Places where = places(shown, layout, queries);
  graph.placed = !where.x.empty();
  graph.largest_size = labels.empty() ? 0 : received_.maxCoeff();
  const double largest = std::max(graph.largest_size, 1e-300);
  for (std::size_t v = 0; v < labels.size(); ++v) {
    DrawnNode& node = graph.nodes.emplace_back();
    node.label = labels[v];
    node.size = received_[static_cast<Index>(v)] / largest;
    if (!graph.placed) continue;
    node.x = where.x[v];
    node.y = where.y[v];
  }
  return graph;
}

}  // namespace attngraph
