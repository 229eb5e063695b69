#include "report/parts/inspected/inspected_edges.hpp"

#include <algorithm>
#include <map>
#include <variant>

#include "attention/heads/edge_scan.hpp"

namespace attngraph {

InspectedEdges inspected_edges(const Dump& dump, const StackRequest& asked) {
  const Attention whole = Attention::edges(dump.edges, dump.nodes, {}, dump.source, dump.queries);
  StackRequest single = asked;
  single.fuse.reset();
  const Attention chosen = selected_attention(whole, single);
  std::map<std::pair<std::int64_t, std::int64_t>, const EdgeArrays*> lists;
  for (const EdgeList& list : dump.edges) lists[{list.layer, list.head}] = &list.edges;
  InspectedEdges found;
  found.queries = whole.queries();
  found.keys = whole.keys();
  std::map<std::int64_t, std::size_t> of_layer;
  for (const auto& [l, h] : chosen.present()) {
    const std::int64_t layer = chosen.layer_index(l);
    const auto head = std::get<std::int64_t>(chosen.head_label(h));
    const EdgeArrays& edges = *lists.at({layer, head});
    found.heads.push_back(
        {layer, head,
         edge_scan(edges, found.queries, found.keys, dump.queries, row_sum_tolerance(Dtype::f64))});
    found.edges += edges.size();
    found.heads_of_layer = std::max(found.heads_of_layer, ++of_layer[layer]);
  }
  found.layers = of_layer.size();
  return found;
}

std::string edge_verdict(const HeadScan& scan) {
  std::string verdict = scan.not_finite > 0 ? "NaN" : "";
  if (scan.negative > 0) verdict += verdict.empty() ? "negative" : ", negative";
  return verdict.empty() ? "ok" : verdict;
}

}  // namespace attngraph
