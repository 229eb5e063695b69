#include "reading/arrays/families.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "core/text/natural_order.hpp"
#include "core/text/place.hpp"

namespace attngraph {
std::vector<std::size_t> Family::varying() const {
  std::vector<std::size_t> places;
  const auto other = [&](const ArrayName& name) { return name.pattern != names.front().pattern; };
  if (std::any_of(names.begin(), names.end(), other)) return places;
  for (std::size_t i = 0; i < names.front().numbers.size(); ++i) {
    const auto differs = [&](const ArrayName& name) {
      return name.numbers[i] != names.front().numbers[i];
    };
    if (std::any_of(names.begin(), names.end(), differs)) places.push_back(i);
  }
  return places;
}

std::vector<Family> families(const std::vector<NamedTensor>& arrays) {
  std::vector<NamedTensor> ordered = arrays;
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const auto& a, const auto& b) { return natural_less(a.name, b.name); });
  std::vector<Family> found;
  std::map<std::pair<std::string, std::size_t>, std::size_t> place;  // by pattern and axes
  for (const NamedTensor& array : ordered) {
    ArrayName name = array_name(array.name);
    const auto [same, is_new] =
        place.try_emplace({name.pattern, array.tensor.rank()}, found.size());
    if (is_new) found.emplace_back();
    found[same->second].members.push_back(array);
    found[same->second].names.push_back(std::move(name));
  }
  return found;
}

std::string family_text(const Family& family) {
  const NamedTensor& first = family.members.front();
  const std::string shape = shape_text(first.tensor.shape());
  const std::string name = called(first.name);
  if (family.members.size() == 1) return name.empty() ? shape : name + " " + shape;
  return name + " … " + called(family.members.back().name) + " (" +
         std::to_string(family.members.size()) + " arrays) " + shape;
}

std::string family_glob(const Family& family) {
  if (family.members.size() == 1) return family.members.front().name;
  const auto varying = family.varying();
  std::string glob;
  std::size_t number = 0;
  for (const char c : family.names.front().pattern) {
    if (c != '#' || number == family.names.front().numbers.size()) {
      glob += c;
      continue;
    }
    const bool differs = std::find(varying.begin(), varying.end(), number) != varying.end();
    glob += differs ? "*" : std::to_string(family.names.front().numbers[number]);
    ++number;
  }
  return glob;
}

}  // namespace attngraph
