#include "reading/arrays/families.hpp"

#include <algorithm>

#include "core/natural_order.hpp"

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
  for (const NamedTensor& array : ordered) {
    ArrayName name = array_name(array.name);
    auto same = std::find_if(found.begin(), found.end(), [&](const Family& family) {
      return family.names.front().pattern == name.pattern && family.rank() == array.tensor.rank();
    });
    if (same == found.end()) same = found.insert(found.end(), Family{});
    same->members.push_back(array);
    same->names.push_back(std::move(name));
  }
  return found;
}

std::string family_text(const Family& family) {
  const NamedTensor& first = family.members.front();
  const std::string shape = shape_text(first.tensor.shape());
  if (family.members.size() == 1) return first.name.empty() ? shape : first.name + " " + shape;
  return first.name + " … " + family.members.back().name + " (" +
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
