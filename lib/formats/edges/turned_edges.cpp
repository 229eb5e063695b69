#include "formats/edges/turned_edges.hpp"

#include <utility>

#include "tensor/dump.hpp"

namespace attngraph {

void turn_edges(Dump& dump) {
  for (EdgeList& list : dump.edges) std::swap(list.edges.source, list.edges.target);
  dump.notes.emplace_back(
      "the file says that its edges lead from the key to the query ($direction informs): they are "
      "turned back");
}

}  // namespace attngraph
