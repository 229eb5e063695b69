#include "reading/arrays/numbers/said_numbers.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

#include "reading/arrays/array_name.hpp"
#include "tensor/number_words.hpp"
#include "tensor/part_lists.hpp"

namespace attngraph {
namespace {

/// Not `layers`, which counts them, nor `h` and `depth`, which may be sizes.
bool names_a_layer(const std::string& key) {
  if (key.find_first_of("./") != key.npos) return false;
  const std::string word = word_of(key);
  return word.size() > 1 && word != "depth" && !word.ends_with('s') && counts_layers(word);
}

constexpr double most = 1e9;

bool lists(std::string_view name, bool heads) {
  return heads ? lists_heads(name) : lists_layers(name);
}

/// An array of one axis.
std::optional<NumberList> listed_in(const NamedTensor& array, bool heads) {
  if (array.tensor.rank() != 1 || !lists(array.name, heads)) return std::nullopt;
  NumberList list{array.name, heads, {}, false};
  for (const double value : array.tensor.to_doubles()) {
    if (std::trunc(value) != value || !(std::abs(value) < most)) return std::nullopt;
    list.numbers.emplace(list.numbers.size(), static_cast<std::int64_t>(value));
  }
  return list;
}

/// The number, also of a text that names a layer or head: 8 of `layer_8`.
std::optional<std::int64_t> number_of(const Field& field, bool heads) {
  if (field.number) return field.number;
  const ArrayName name = array_name(field.text);
  if (name.numbers.size() != 1) return std::nullopt;
  const std::string& word = name.words.front();
  const bool counts = word.empty() || (heads ? counts_heads(word) : counts_layers(word));
  return counts ? std::optional(name.numbers.front()) : std::nullopt;
}

/// The numbers under `layer.0`, `layer.1` …, by what holds them.
std::map<std::string, NumberList> listed_in_objects(const Dump& dump, bool heads) {
  constexpr std::size_t most_digits = 9;
  std::map<std::string, NumberList> lists_found;
  for (const Field& field : dump.fields) {
    const auto cut = field.name.find_last_of("./");
    if (cut == field.name.npos) continue;
    const std::string owner = field.name.substr(0, cut), key = field.name.substr(cut + 1);
    const bool index = !key.empty() && key.size() <= most_digits &&
                       key.find_first_not_of("0123456789") == key.npos;
    if (!index || !lists(owner, heads)) continue;
    const auto number = number_of(field, heads);
    if (!number) continue;
    NumberList& list =
        lists_found.try_emplace(owner, NumberList{owner, heads, {}, false}).first->second;
    list.numbers.emplace(std::stoll(key), *number);
    list.of_texts = list.of_texts || !field.number;
  }
  return lists_found;
}

}  // namespace

bool NumberList::repeats() const {
  const auto all = in_order();
  return std::set(all.begin(), all.end()).size() < all.size();
}

bool NumberList::ascends() const {
  const auto all = in_order();
  return std::is_sorted(all.begin(), all.end());
}

std::vector<std::int64_t> NumberList::in_order() const {
  std::vector<std::int64_t> all;
  for (const auto& [place, number] : numbers) all.push_back(number);
  return all;
}

std::optional<NumberList> number_list(const Dump& dump, bool heads, std::size_t count) {
  std::optional<NumberList> found;
  bool differ = false;
  const auto add = [&](const NumberList& list) {
    if (list.numbers.size() != count) return;
    differ = differ || (found && found->numbers != list.numbers);
    found = list;
  };
  for (const NamedTensor& array : dump.tensors) {
    if (array.tensor.size() != count) continue;
    if (const auto list = listed_in(array, heads)) add(*list);
  }
  for (const auto& [owner, list] : listed_in_objects(dump, heads)) add(list);
  return differ ? std::nullopt : found;
}

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
    if (std::trunc(value) != value || !(std::abs(value) < most)) continue;
    if (differs(static_cast<std::int64_t>(value))) return std::nullopt;
  }
  return layer;
}

}  // namespace attngraph
