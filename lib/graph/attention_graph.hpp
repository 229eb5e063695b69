#pragma once

#include <cstddef>
#include <memory>

#include "graph/edge_arrays.hpp"

namespace attngraph {

/// What a graph with an edge for each entry of a matrix takes, with the lists that it is made of:
/// room for so many matrices of numbers.
inline constexpr std::size_t matrices_of_igraph = 12;

/// An igraph_t; igraph_door.hpp says how to reach it.
struct GraphHandle;

/// A graph inside igraph: edge i of the arrays is edge i there, and the weights stay beside it.
/// Only one thread of a process may use such graphs at a time, even different ones: igraph is built
/// without thread-local storage.
class AttentionGraph {
 public:
  /// @throws Error where igraph has not the memory
  explicit AttentionGraph(EdgeArrays edges);

  std::size_t nodes() const { return edges_.nodes; }
  const EdgeArrays& edges() const { return edges_; }
  /// For igraph_door.hpp.
  const GraphHandle& handle() const { return *graph_; }

 private:
  struct Destroy {
    void operator()(GraphHandle* handle) const;
  };
  EdgeArrays edges_;
  std::unique_ptr<GraphHandle, Destroy> graph_;
};

/// The version of igraph that is in use, such as `0.10.2`.
const char* igraph_release();

}  // namespace attngraph
