#include "formats/objects/object_path.hpp"

#include <algorithm>

namespace attngraph {
std::string child_path(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : path + "." + std::string(key);
}

std::string indices_text(std::size_t item, const Shape& shape) {
  std::string indices;
  for (std::size_t axis = shape.size(); axis-- > 0; item /= shape[axis]) {
    if (!indices.empty()) indices.insert(0, ".");
    indices.insert(0, std::to_string(item % shape[axis]));
  }
  return indices;
}

bool names_attention(std::string_view path) {
  while (!path.empty()) {
    const auto part = path.substr(0, path.find('.'));
    path.remove_prefix(std::min(part.size() + 1, path.size()));
    if (part == "attention" || part == "attn") return true;
    for (const std::string_view name :
         {"attentions", "attn_weights", "attn_probs", "attention_weights", "attention_probs"}) {
      if (part.ends_with(name)) return true;
    }
  }
  return false;
}

}  // namespace attngraph
