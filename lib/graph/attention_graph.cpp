#include "graph/attention_graph.hpp"

#include <utility>

#include "graph/igraph_door.hpp"

namespace attngraph {

AttentionGraph::AttentionGraph(EdgeArrays edges) : edges_(std::move(edges)) {
  door::Integers ends(2 * edges_.size());
  for (std::size_t i = 0; i < edges_.size(); ++i) {
    ends[2 * i] = edges_.source[i];
    ends[2 * i + 1] = edges_.target[i];
  }
  auto handle = std::make_unique<GraphHandle>();
  door::checked(igraph_create(&handle->graph, ends.get(),
                              static_cast<igraph_integer_t>(edges_.nodes), IGRAPH_DIRECTED),
                "graph");
  graph_.reset(handle.release());
}

void AttentionGraph::Destroy::operator()(GraphHandle* handle) const {
  igraph_destroy(&handle->graph);
  delete handle;
}

const char* igraph_release() {
  const char* release = nullptr;
  igraph_version(&release, nullptr, nullptr, nullptr);
  return release;
}

}  // namespace attngraph
