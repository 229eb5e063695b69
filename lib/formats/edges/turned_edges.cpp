#include "formats/edges/turned_edges.hpp"

#include <algorithm>
#include <utility>

#include "tensor/dump.hpp"

namespace attngraph {

namespace {

constexpr const char* said_by_file =
    "the file says that its edges lead from the key to the query ($direction informs): they are "
    "turned back";

void swap_ends(Dump& dump) {
  for (EdgeList& list : dump.edges) std::swap(list.edges.source, list.edges.target);
}

}  // namespace

void turn_edges(Dump& dump) {
  swap_ends(dump);
  dump.notes.emplace_back(said_by_file);
}

void turn_edges_as_asked(Dump& dump) {
  const auto& notes = dump.notes;
  if (std::find(notes.begin(), notes.end(), said_by_file) == notes.end()) swap_ends(dump);
}

}  // namespace attngraph
