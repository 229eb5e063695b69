#include "graph/acyclic_order.hpp"

#include <algorithm>
#include <cstdint>

#include "core/error.hpp"
#include "graph/strong_components.hpp"

namespace attngraph {

std::vector<std::size_t> acyclic_order(const CompressedRows& incoming, const std::string& hint) {
  const StrongComponents components = strong_components(incoming);
  std::vector<std::size_t> order(incoming.nodes());
  std::vector<char> seen(components.count);
  for (std::size_t v = 0; v < order.size(); ++v) {
    const auto component = static_cast<std::size_t>(components.of_node[v]);
    const auto sources = incoming.targets(v);
    const bool loop =
        std::find(sources.begin(), sources.end(), static_cast<std::int32_t>(v)) != sources.end();
    if (seen[component] || loop) {
      throw InputError("", "node " + std::to_string(v) + " leads back to itself", hint);
    }
    seen[component] = 1;
    order[components.count - 1 - component] = v;
  }
  return order;
}

}  // namespace attngraph
