#include "tensor/compressed_rows.hpp"

namespace attngraph {

CompressedRows compressed_rows(const EdgeArrays& edges) {
  CompressedRows rows;
  rows.first.assign(edges.nodes + 1, 0);
  rows.target.resize(edges.size());
  rows.weight.resize(edges.size());
  for (const std::int32_t source : edges.source) ++rows.first[source + 1];
  for (std::size_t v = 0; v < edges.nodes; ++v) rows.first[v + 1] += rows.first[v];
  std::vector<std::size_t> next(rows.first.begin(), rows.first.end() - 1);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const std::size_t place = next[edges.source[i]]++;
    rows.target[place] = edges.target[i];
    rows.weight[place] = edges.weight[i];
  }
  return rows;
}

}  // namespace attngraph
