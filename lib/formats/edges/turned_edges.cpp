#include "formats/edges/turned_edges.hpp"

#include <utility>

#include "tensor/dump.hpp"

namespace attngraph {

void swap_ends(Dump& dump) {
  for (EdgeList& list : dump.edges) std::swap(list.edges.source, list.edges.target);
}

void turn_edges(Dump& dump) {
  swap_ends(dump);
  dump.edges_turned = true;
  dump.notes.emplace_back(
      "the file says that its edges lead from the key to the query ($direction informs): they are "
      "turned back");
}

void turn_edges_as_asked(Dump& dump) {
  if (!dump.edges_turned) swap_ends(dump);
}

}  // namespace attngraph
