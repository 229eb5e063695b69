#include "report/parts/head_drawing.hpp"

#include <algorithm>

namespace attngraph {
namespace {

std::string title_of(std::int64_t layer, const HeadLabel& head) {
  const bool fused = std::holds_alternative<std::string>(head);
  return "layer " + std::to_string(layer) + ", " +
         (fused ? text_of(head) + " of heads" : "head " + text_of(head));
}

void add_arriving(const EdgeArrays& edges, Vector& sums) {
  for (std::size_t e = 0; e < edges.size(); ++e) sums[edges.target[e]] += edges.weight[e];
}

}  // namespace

HeadDrawing::HeadDrawing(std::int64_t layer, const HeadLabel& head, std::size_t nodes)
    : layer_(layer), head_(head), in_strength_(Vector::Zero(static_cast<Index>(nodes))) {
  shown_.nodes = nodes;
}

void HeadDrawing::show(const EdgeArrays& edges) {
  add_arriving(edges, in_strength_);
  shown_.source.insert(shown_.source.end(), edges.source.begin(), edges.source.end());
  shown_.target.insert(shown_.target.end(), edges.target.begin(), edges.target.end());
  shown_.weight.insert(shown_.weight.end(), edges.weight.begin(), edges.weight.end());
}

void HeadDrawing::leave_out(const EdgeArrays& edges) {
  add_arriving(edges, in_strength_);
  left_out_ += edges.size();
}

Drawing HeadDrawing::drawn(const std::vector<std::string>& labels, Layout layout) const {
  Drawing graph;
  graph.title = title_of(layer_, head_);
  graph.layer = layer_;
  graph.head = head_;
  for (std::size_t e = 0; e < shown_.size(); ++e) {
    graph.edges.push_back({shown_.source[e], shown_.target[e], shown_.weight[e], layer_});
  }
  graph.left_out = left_out_;
  graph.placed = layout != Layout::none;
  const Places where = graph.placed ? places(AttentionGraph(shown_), layout) : Places{};
  const double largest = std::max(labels.empty() ? 0 : in_strength_.maxCoeff(), 1e-300);
  for (std::size_t v = 0; v < labels.size(); ++v) {
    DrawnNode& node = graph.nodes.emplace_back();
    node.label = labels[v];
    node.size = in_strength_[static_cast<Index>(v)] / largest;
    if (!graph.placed) continue;
    node.x = where.x[v];
    node.y = where.y[v];
  }
  return graph;
}

}  // namespace attngraph
