#include "reading/arrays/numbers/said_numbers.hpp"

#include <cmath>
#include <string>

#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

/// Not `layers`, which counts them, nor `h` and `depth`, which may be sizes.
bool names_a_layer(const std::string& key) {
  if (key.find_first_of("./") != key.npos) return false;
  const std::string word = word_of(key);
  return word.size() > 1 && word != "depth" && !word.ends_with('s') && counts_layers(word);
}

}  // namespace

std::optional<std::int64_t> said_layer(const Dump& dump) {
  std::optional<std::int64_t> layer;
  const auto differs = [&](std::int64_t number) {
    const bool other = layer && *layer != number;
    layer = number;
    return other;
  };
  for (const Field& field : dump.fields) {
    if (field.number && names_a_layer(field.name) && differs(*field.number)) return std::nullopt;
  }
  for (const NamedTensor& array : dump.tensors) {
    if (array.tensor.size() != 1 || !names_a_layer(array.name)) continue;
    const double value = array.tensor.to_doubles().front();
    if (std::trunc(value) != value || !(std::abs(value) < 1e9)) continue;
    if (differs(static_cast<std::int64_t>(value))) return std::nullopt;
  }
  return layer;
}

}  // namespace attngraph
