#include "graph/graphs.hpp"

#include "graph/node_labels.hpp"

namespace attngraph {

Graphs::Graphs(const Attention& attention)
    : attention_(attention),
      labels_(node_labels(attention.query_labels(), attention.key_labels(), sides_of(attention))) {
  for (std::size_t l = 0; l < attention.layers(); ++l) {
    for (std::size_t h = 0; h < attention.heads(); ++h) {
      const EdgeArrays* list = attention.edges(l, h);
      // Lists need not fill all layers and heads.
      if (!list || list->size() > 0) places_.emplace_back(l, h);
    }
  }
}

bool Graphs::dense() const {
  return places_.empty() || !attention_.edges(places_.front().first, places_.front().second);
}

}  // namespace attngraph
