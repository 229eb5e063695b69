#include "tensor/part_lists.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "tensor/axis_lists.hpp"
#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

/// The last part of a path in small letters: `layer_ids` of `info.layerIds`.
std::string last_part(std::string_view path) {
  const auto cut = path.find_last_of("./");
  if (cut != path.npos) path.remove_prefix(cut + 1);
  std::string part;
  for (const char c : path) {
    if (is_capital(c) && !part.empty() && is_small(part.back())) part += '_';
    part += is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return part;
}

/// What only says that a list follows, of those that are no filler before a number.
std::string_view without_end(std::string_view part) {
  for (const std::string_view end : {"_indices", "_names", "_list"}) {
    if (part.ends_with(end)) return part.substr(0, part.size() - end.size());
  }
  return part;
}

/// Which of all layers they are.
bool says_which(std::string_view words) {
  constexpr auto chosen = std::to_array<std::string_view>(
      {"", "selected_", "chosen_", "kept_", "used_", "saved_", "dumped_", "target_", "which_",
       "probed_", "hooked_", "attn_", "attention_"});
  return std::find(chosen.begin(), chosen.end(), words) != chosen.end();
}

bool lists(std::string_view name, bool (*counts)(std::string_view)) {
  const std::string part = last_part(name);
  const std::string_view list = without_end(part);
  const std::string word = word_of(list);
  const bool size = word.size() < 2 || word.starts_with("depth") || word.starts_with("transformer");
  return !size && counts(word) && says_which(list.substr(0, list.find(word)));
}

}  // namespace

bool lists_layers(std::string_view name) { return lists(name, counts_layers); }
bool lists_heads(std::string_view name) { return lists(name, counts_heads); }

std::size_t most_told_texts(std::string_view name) {
  constexpr std::size_t most_parts = 1024;
  if (names_axes(name)) return most_named_axes;
  return lists_layers(name) || lists_heads(name) ? most_parts : 0;
}

}  // namespace attngraph
