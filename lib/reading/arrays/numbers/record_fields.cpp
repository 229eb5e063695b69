#include "reading/arrays/numbers/record_fields.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "reading/arrays/array_name.hpp"
#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

/// What is said of an array or a module, and may differ from layer to layer of one input.
bool describes_array(const std::string& word) {
  constexpr std::array<std::string_view, 30> words{
      "module", "type",     "kind",   "dtype",       "device",     "shape",      "size", "dim",
      "width",  "entropy",  "mean",   "std",         "var",        "min",        "max",  "sum",
      "norm",   "sparsity", "scale",  "temperature", "dropout",    "importance", "gain", "ms",
      "time",   "elapsed",  "causal", "cross",       "activation", "format"};
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// `layer_name` and the like.
bool names_part_of_model(const std::string& key) {
  constexpr std::array<std::string_view, 4> parts{"layer", "head", "block", "module"};
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return key.find(part) != key.npos; });
}

/// Whether a text is the name of a module with its number: `encoder.attn_3`, `layer 3`.
bool names_a_place(const std::string& text) {
  const ArrayName name = array_name(text);
  const auto blank = text.find(' ');
  const bool one_word = blank == text.npos || (name.pattern.find(' ') + 2 == name.pattern.size() &&
                                               name.pattern.ends_with('#'));
  if (!one_word) return false;
  const auto is_place = [](const std::string& word) {
    return !word.empty() && !counts_inputs(word) &&
           (counts_layers(word) || counts_heads(word) || counts_steps(word) || leaves_layers(word));
  };
  return !name.words.empty() && std::all_of(name.words.begin(), name.words.end(), is_place);
}

}  // namespace

bool is_index(const std::string& word) {
  return word == "idx" || word == "index" || word == "id" || word == "num" || word == "number";
}

bool says_input(const std::string& key, const Field& field, RecordsOf records) {
  const std::string word = word_of(key);
  if (counts_layers(word) || counts_heads(word) || counts_steps(word)) return false;
  if (counts_inputs(word) || counts_models(word)) return true;
  if (is_index(word) || word == "query" || word == "content") return true;
  if (describes_array(word) || names_part_of_model(key)) return false;
  if (records == RecordsOf::layers) {
    return word != "name" && !field.number && field.text.find(' ') != field.text.npos;
  }
  return field.number || !names_a_place(field.text);
}

}  // namespace attngraph
