#include "reading/words/text_order.hpp"

#include <cstddef>
#include <cstdint>

namespace attngraph {

bool in_text_order(const Grouping& grouping) {
  std::int32_t last = Grouping::left_out;
  for (const std::int32_t node : grouping.node) {
    if (node == Grouping::left_out) continue;
    if (node < last) return false;
    last = node;
  }
  return true;
}

std::string segments_in_text_order(const Grouping& grouping) {
  std::string text;
  const auto& node = grouping.node;
  for (std::size_t first = 0, end = 0; first < node.size(); first = end) {
    while (end < node.size() && node[end] == node[first]) ++end;
    if (node[first] == Grouping::left_out) continue;
    const std::string range = std::to_string(first) + "-" + std::to_string(end - 1);
    const std::string& label = grouping.labels[static_cast<std::size_t>(node[first])];
    if (!text.empty()) text += ",";
    if (label != "rest" && label != range) text.append(label).append(":");
    text += range;
  }
  return text;
}

}  // namespace attngraph
