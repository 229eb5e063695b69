#include "graph/graphs.hpp"

#include "graph/counted_edges.hpp"
#include "graph/node_labels.hpp"

namespace attngraph {

Graphs::Graphs(const Attention& attention)
    : attention_(attention),
      labels_(node_labels(attention.query_labels(), attention.key_labels(), sides_of(attention))) {
  for (const auto& [l, h] : attention.present()) {
    const EdgeArrays* list = attention.edges(l, h);
    if (!list || list->size() > 0) places_.emplace_back(l, h);
  }
}

bool Graphs::dense() const {
  return places_.empty() || !attention_.edges(places_.front().first, places_.front().second);
}

void Graphs::counted_parts(std::size_t i, const RowCriteria& rule, Direction direction,
                           const std::function<void(const EdgeArrays&)>& visit) const {
  const auto& [l, h] = places_[i];
  for_each_counted_part(attention_, l, h, rule, direction, visit);
}

Graph Graphs::counted(std::size_t i, const RowCriteria& rule, Direction direction) const {
  const auto& [l, h] = places_[i];
  return Graph(counted_edges(attention_, l, h, rule, Direction::attends), {direction});
}

}  // namespace attngraph
