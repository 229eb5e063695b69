#include "reading/arrays/numbers/same_layers.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/text/place.hpp"
#include "reading/arrays/numbers/open_numbers.hpp"
#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

using Places = std::vector<std::size_t>;
/// The first array with each of the numbers.
using Numbered = std::map<std::vector<std::int64_t>, const NamedTensor*>;

/// Those that tell the layers of a family apart; of one array by itself, those called so.
Places places_of_layers(const Family& arrays) {
  Places places = arrays.varying();
  if (arrays.members.size() == 1) {
    const auto& words = arrays.names.front().words;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (counts_layers(words[i])) places.push_back(i);
    }
  }
  std::erase_if(places, [&](std::size_t i) { return counted_at(arrays, i) == Counts::heads; });
  return places;
}

Numbered numbered(const Family& arrays, const Places& places) {
  Numbered all;
  for (std::size_t i = 0; i < arrays.members.size(); ++i) {
    std::vector<std::int64_t> numbers;
    for (const std::size_t place : places) numbers.push_back(arrays.names[i].numbers[place]);
    all.emplace(std::move(numbers), &arrays.members[i]);
  }
  return all;
}

/// The option that chooses one array.
std::string choice(const NamedArrays& arrays, const std::string& name) {
  const std::string file = arrays.option == "$tensor" ? "" : arrays.source + ":";
  return arrays.option + " " + shell_word(file + name);
}

/// The arrays of a layer that both have.
std::string one_of_both(const NamedArrays& first, const Numbered& firsts, const NamedArrays& second,
                        const Numbered& seconds) {
  for (const auto& [numbers, array] : firsts) {
    const auto same = seconds.find(numbers);
    if (same == seconds.end()) continue;
    return "give those of the same layers, such as " + choice(first, array->name) + " and " +
           choice(second, same->second->name);
  }
  return "save those of the same layers, under the same numbers";
}

bool says(const Family& arrays, std::string_view word) {
  return arrays.names.front().pattern.find(word) != std::string::npos;
}

/// Whether the names say that each is of another of two modules.
bool are_of_two_modules(const Family& first, const Family& second) {
  const auto are_apart = [&](std::string_view one, std::string_view other) {
    return says(first, one) && !says(first, other) && says(second, other) && !says(second, one);
  };
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> modules{
      {{"encoder", "decoder"}, {"self", "cross"}, {"self", "encoder_attn"}}};
  return std::any_of(modules.begin(), modules.end(), [&](const auto& pair) {
    return are_apart(pair.first, pair.second) || are_apart(pair.second, pair.first);
  });
}

std::string both(const NamedArrays& first, const NamedArrays& second) {
  return family_text(first.arrays) + " and " + family_text(second.arrays);
}

}  // namespace

std::optional<OtherLayers> other_layers(const NamedArrays& first, const NamedArrays& second,
                                        bool cross) {
  if (!cross && are_of_two_modules(first.arrays, second.arrays)) {
    return OtherLayers{both(first, second) + " are of two modules by their names, expected one",
                       "give those of one module; where the queries ask keys of another text, "
                       "$cross says so"};
  }
  const bool single = first.arrays.members.size() == 1;
  if (single != (second.arrays.members.size() == 1)) return std::nullopt;
  const Places of_first = places_of_layers(first.arrays),
               of_second = places_of_layers(second.arrays);
  if (of_first.size() != of_second.size()) return std::nullopt;
  const Numbered firsts = numbered(first.arrays, of_first);
  const Numbered seconds = numbered(second.arrays, of_second);
  const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
  if (std::equal(firsts.begin(), firsts.end(), seconds.begin(), seconds.end(), same)) {
    return std::nullopt;
  }
  return OtherLayers{
      both(first, second) + " are of different layers by their names, expected the same",
      one_of_both(first, firsts, second, seconds)};
}

void require_same_layers(const NamedArrays& first, const NamedArrays& second, bool cross) {
  const auto found = other_layers(first, second, cross);
  if (found) throw InputError(second.source, found->what, found->cure);
}

}  // namespace attngraph
