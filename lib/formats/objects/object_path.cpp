#include "formats/objects/object_path.hpp"

#include <algorithm>
#include <optional>

#include "core/text/number_text.hpp"
#include "core/text/text.hpp"
#include "formats/objects/numpy_pickle.hpp"

namespace attngraph {
namespace {

constexpr std::size_t longest_key = 256;
constexpr std::size_t most_parts = 4;

std::optional<std::string> name_of(std::string_view text) {
  const bool named =
      !text.empty() && text.size() <= longest_key && invalid_utf8(text) == std::string_view::npos;
  return named ? std::optional(std::string(text)) : std::nullopt;
}

}  // namespace

std::string child_path(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : path + "." + std::string(key);
}

std::string key_text(const Pickle& pickle, PickledBytes& bytes, PickleId id, std::size_t position) {
  if (const auto text = pickle.text(id)) return name_of(*text).value_or(std::to_string(position));
  if (const auto integer = pickle.integer(id)) return std::to_string(*integer);
  if (const auto real = pickle.real(id)) return number_text(*real);
  if (const PickleObject* object = pickle.object(id)) {
    const auto text = numpy_text(pickle, *object, bytes, "");
    return (text ? name_of(*text) : std::nullopt).value_or(std::to_string(position));
  }
  const PickleItems* parts = pickle.items(id, PickleItemsKind::tuple);
  if (parts == nullptr || parts->ids.empty() || parts->ids.size() > most_parts) {
    return std::to_string(position);
  }
  std::string text;
  for (const PickleId part : parts->ids) {
    if (pickle.items(part) != nullptr) return std::to_string(position);
    text = child_path(text, key_text(pickle, bytes, part, position));
  }
  return text;
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
