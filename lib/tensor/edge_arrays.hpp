#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace attngraph {

/// A directed weighted graph as typed arrays: edge i goes from source[i] to target[i].
struct EdgeArrays {
  std::size_t nodes = 0;
  std::vector<std::int32_t> source;
  std::vector<std::int32_t> target;
  std::vector<double> weight;

  std::size_t size() const { return weight.size(); }
  void reserve(std::size_t edges);
  void add(std::size_t from, std::size_t to, double edge_weight);
};

}  // namespace attngraph
