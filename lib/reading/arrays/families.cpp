#include "reading/arrays/families.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "core/text/natural_order.hpp"
#include "core/text/place.hpp"
#include "core/text/text.hpp"
#include "reading/arrays/numbers/unnumbered_first.hpp"

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
  join_unnumbered(found);
  return found;
}

void sort_naturally(Family& family) {
  std::vector<NamedTensor> members = family.members;
  std::stable_sort(members.begin(), members.end(),
                   [](const auto& a, const auto& b) { return natural_less(a.name, b.name); });
  family = {};
  for (const NamedTensor& member : members) {
    family.members.push_back(member);
    family.names.push_back(array_name(member.name));
  }
}

std::string family_text(const Family& family) {
  const NamedTensor& first = family.members.front();
  const std::string shape = shape_text(first.tensor.shape());
  const std::string name = called(first.name);
  if (family.members.size() == 1) return name.empty() ? shape : name + " " + shape;
  return name + " … " + called(family.members.back().name) + " (" +
         std::to_string(family.members.size()) + " arrays) " + shape;
}

namespace {

/// `attention*` for `attention_*`, where one lacks the number.
void drop_marks(std::string& glob) {
  for (auto star = glob.find('*', 1); star != glob.npos; star = glob.find('*', star + 1)) {
    const char mark = glob[star - 1];
    if (mark == '_' || mark == '-' || mark == '.') glob.erase(--star, 1);
  }
}

/// Whether it chooses the members of that family and no others.
bool chooses_alone(const std::string& glob, const Family& family, const std::vector<Family>& all) {
  const auto fits = [&](const NamedTensor& array) { return name_fits(glob, array.name); };
  if (!std::all_of(family.members.begin(), family.members.end(), fits)) return false;
  std::size_t chosen = 0;
  for (const Family& one : all) {
    chosen += static_cast<std::size_t>(std::count_if(one.members.begin(), one.members.end(), fits));
  }
  return chosen == family.members.size();
}

std::string with_for_stars(std::string glob, std::string_view numbers) {
  for (auto star = glob.find('*'); star != glob.npos;
       star = glob.find('*', star + numbers.size())) {
    glob.replace(star, 1, numbers);
  }
  return glob;
}

}  // namespace

std::string family_glob(const Family& family) {
  if (family.members.size() == 1) return family.members.front().name;
  const auto varying = family.varying();
  std::string glob;
  std::size_t number = 0;
  for (const char c : family.names.front().pattern) {
    if (c != '#' || number == family.names.front().numbers.size()) {
      glob += c == own_mark ? '?' : c;
      continue;
    }
    const bool differs = std::find(varying.begin(), varying.end(), number) != varying.end();
    glob += differs ? "*" : std::to_string(family.names.front().numbers[number]);
    ++number;
  }
  if (!name_fits(glob, family.members.front().name)) drop_marks(glob);
  return glob;
}

std::string family_glob(const Family& family, const std::vector<Family>& all) {
  std::string glob = family_glob(family);
  if (family.members.size() == 1 || chooses_alone(glob, family, all)) return glob;
  for (const char* numbers : {"*[0-9]", "[0-9]", "[0-9][0-9]"}) {
    std::string narrower = with_for_stars(glob, numbers);
    if (chooses_alone(narrower, family, all)) return narrower;
  }
  return glob;
}

std::string choices_of(const std::vector<Family>& found, const std::vector<Family>& all) {
  constexpr std::size_t shown = 4;
  std::string choices;
  for (std::size_t i = 0; i < std::min(shown, found.size()); ++i) {
    choices += (i == 0 ? "$tensor " : " or $tensor ") + shell_word(family_glob(found[i], all));
  }
  return choices;
}

std::string family_glob_at(const Family& family, std::size_t place, std::size_t member) {
  Family one;
  for (std::size_t i = 0; i < family.members.size(); ++i) {
    if (family.names[i].numbers[place] != family.names[member].numbers[place]) continue;
    one.members.push_back(family.members[i]);
    one.names.push_back(family.names[i]);
  }
  return family_glob(one);
}

}  // namespace attngraph
