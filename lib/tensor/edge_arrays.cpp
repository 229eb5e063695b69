#include "tensor/edge_arrays.hpp"

namespace attngraph {

void EdgeArrays::reserve(std::size_t edges) {
  source.reserve(edges);
  target.reserve(edges);
  weight.reserve(edges);
}

void EdgeArrays::add(std::size_t from, std::size_t to, double edge_weight) {
  source.push_back(static_cast<std::int32_t>(from));
  target.push_back(static_cast<std::int32_t>(to));
  weight.push_back(edge_weight);
}

}  // namespace attngraph
