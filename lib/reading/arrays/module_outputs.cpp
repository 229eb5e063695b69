#include "reading/arrays/module_outputs.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>

#include "reading/row_sums.hpp"
#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

/// The last number says neither which layer or head it is nor which input or step.
bool ends_with_place(const Family& family) {
  const ArrayName& name = family.names.front();
  if (family.rank() < 2 || family.varying().size() < 2 || !name.pattern.ends_with('#')) {
    return false;
  }
  const std::string_view word = name.words.back();
  const auto counters = {counts_layers, counts_steps, counts_heads, counts_inputs, counts_models};
  return std::none_of(counters.begin(), counters.end(),
                      [&](const auto& counts) { return counts(word); });
}

std::vector<Family> places_of(const Family& family) {
  std::map<std::int64_t, Family> places;
  for (std::size_t i = 0; i < family.members.size(); ++i) {
    Family& place = places[family.names[i].numbers.back()];
    place.members.push_back(family.members[i]);
    place.names.push_back(family.names[i]);
  }
  std::vector<Family> found;
  found.reserve(places.size());
  for (auto& [number, place] : places) found.push_back(std::move(place));
  return found;
}

bool sums(const Family& family) {
  return std::all_of(family.members.begin(), family.members.end(), [](const NamedTensor& member) {
    return sums_to_one(member.tensor, member.tensor.rank() - 1);
  });
}

}  // namespace

std::vector<Family> with_outputs_apart(const std::vector<Family>& all) {
  std::vector<Family> apart;
  for (const Family& family : all) {
    std::vector<Family> places;
    if (ends_with_place(family)) places = places_of(family);
    const auto summing = std::count_if(places.begin(), places.end(), sums);
    if (summing == 0 || summing == std::ssize(places)) places = {family};
    apart.insert(apart.end(), places.begin(), places.end());
  }
  return apart;
}

}  // namespace attngraph
