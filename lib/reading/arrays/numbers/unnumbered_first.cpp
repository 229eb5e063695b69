#include "reading/arrays/numbers/unnumbered_first.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace attngraph {
namespace {

using Places = std::vector<std::size_t>;

bool is_mark(char c) { return c == '_' || c == '-' || c == '.'; }

/// The pattern of `name` without the numbers at `places` and the mark before each; empty where such
/// a number stands alone.
std::string pattern_without(const ArrayName& name, const Places& places) {
  std::string kept;
  std::size_t number = 0;
  for (const char c : name.pattern) {
    const bool counts = c == '#' && number < name.numbers.size();
    const bool dropped = counts && std::find(places.begin(), places.end(), number) != places.end();
    if (counts) ++number;
    if (!dropped) {
      kept += c;
      continue;
    }
    if (!kept.empty() && is_mark(kept.back())) kept.pop_back();
    if (kept.empty() || kept.back() == '/' || is_mark(kept.back())) return "";
  }
  return kept;
}

/// The numbers of `name` but those at `places`.
std::vector<std::int64_t> numbers_without(const ArrayName& name, const Places& places) {
  std::vector<std::int64_t> kept;
  for (std::size_t i = 0; i < name.numbers.size(); ++i) {
    if (std::find(places.begin(), places.end(), i) == places.end()) {
      kept.push_back(name.numbers[i]);
    }
  }
  return kept;
}

/// Which numbers may be those that a name lacks: all that differ at once, or one of them; of an
/// array by itself any.
std::vector<Places> that_may_lack(const Family& family) {
  constexpr std::size_t most_numbers = 8;  // no name of a model has more
  if (family.names.front().numbers.size() > most_numbers) return {};
  Places all = family.varying();
  if (family.members.size() == 1) {
    for (std::size_t i = 0; i < family.names.front().numbers.size(); ++i) all.push_back(i);
  }
  std::vector<Places> choices;
  if (all.size() > 1) choices.push_back(all);
  for (const std::size_t place : all) choices.push_back({place});
  return choices;
}

/// Whether the numbers at a place are 1, 2 … or 2, 3 …
bool counts_from_second(const Family& family, std::size_t place) {
  std::int64_t first = family.names.front().numbers[place];
  for (const ArrayName& name : family.names) first = std::min(first, name.numbers[place]);
  return first == 1 || first == 2;
}

/// The numbers that the name of a lone array lacks; none where it is none of the family.
Places lacking(const NamedTensor& array, const ArrayName& name, const Family& family) {
  const ArrayName& first = family.names.front();
  if (array.tensor.shape() != family.members.front().tensor.shape()) return {};
  for (const Places& places : that_may_lack(family)) {
    const bool fits = pattern_without(first, places) == name.pattern &&
                      numbers_without(first, places) == name.numbers &&
                      std::all_of(places.begin(), places.end(), [&](std::size_t place) {
                        return counts_from_second(family, place);
                      });
    if (fits) return places;
  }
  return {};
}

/// Puts the array in front, under the name of the first with the numbers before its own.
void join(const NamedTensor& array, const Places& places, Family& family) {
  ArrayName name = family.names.front();
  for (const std::size_t place : places) {
    for (const ArrayName& other : family.names) {
      name.numbers[place] = std::min(name.numbers[place], other.numbers[place]);
    }
    --name.numbers[place];
  }
  family.members.insert(family.members.begin(), array);
  family.names.insert(family.names.begin(), std::move(name));
}

/// The families by the patterns that the name of an array of theirs has which lacks its number, so
/// that ten thousand lone arrays are not each held against all.
std::multimap<std::string, std::size_t> by_lacking_pattern(const std::vector<Family>& families) {
  std::multimap<std::string, std::size_t> found;
  for (std::size_t i = 0; i < families.size(); ++i) {
    for (const Places& places : that_may_lack(families[i])) {
      found.emplace(pattern_without(families[i].names.front(), places), i);
    }
  }
  return found;
}

}  // namespace

void join_unnumbered(std::vector<Family>& families) {
  const auto possible = by_lacking_pattern(families);
  for (std::size_t i = 0; i < families.size(); ++i) {
    if (families[i].members.size() != 1) continue;
    const NamedTensor array = families[i].members.front();
    const ArrayName name = families[i].names.front();
    const auto [first, last] = possible.equal_range(name.pattern);
    const auto family = std::find_if(first, last, [&](const auto& one) {
      const Family& other = families[one.second];
      return one.second != i && !other.members.empty() && !lacking(array, name, other).empty();
    });
    if (family == last) continue;
    Family& whole = families[family->second];
    join(array, lacking(array, name, whole), whole);
    families[i].members.clear();
  }
  std::erase_if(families, [](const Family& family) { return family.members.empty(); });
}

}  // namespace attngraph
