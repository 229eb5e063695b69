#include "reading/arrays/stated_axes.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "core/text/text.hpp"
#include "tensor/axis_lists.hpp"
#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

std::optional<Axis> axis_called(const std::string& word) {
  using Known = std::pair<std::string_view, Axis>;
  constexpr std::array<Known, 5> known{{{"batch", Axis::batch},
                                        {"query", Axis::query},
                                        {"key", Axis::key},
                                        {"q", Axis::query},
                                        {"k", Axis::key}}};
  std::string name = lower_case(word);
  if (name == "queries") name = "query";
  if (name == "keys") name = "key";
  if (name.size() > 2 && counts_heads(name)) return Axis::head;
  if (name.size() > 2 && counts_layers(name)) return Axis::layer;
  const auto found =
      std::find_if(known.begin(), known.end(), [&](const Known& one) { return one.first == name; });
  return found == known.end() ? std::nullopt : std::optional(found->second);
}

/// The axes of these names; nothing where one is not known, stands there twice or is missing.
Axes axes_called(const std::vector<std::string>& names) {
  Axes axes;
  for (const std::string& name : names) {
    const auto axis = axis_called(name);
    if (!axis || std::find(axes.begin(), axes.end(), *axis) != axes.end()) return {};
    axes.push_back(*axis);
  }
  for (const Axis needed : {Axis::query, Axis::key}) {
    if (std::find(axes.begin(), axes.end(), needed) == axes.end()) return {};
  }
  return axes;
}

}  // namespace

std::optional<StatedAxes> stated_axes(const Dump& dump, const NamedTensor& array) {
  std::map<std::string, std::vector<std::string>> lists;
  for (const Field& field : dump.fields) {
    const auto cut = field.name.find_last_of("./");
    if (cut == field.name.npos || !names_axes(field.name.substr(0, cut))) continue;
    lists[field.name.substr(0, cut)].push_back(field.text);
  }
  std::optional<StatedAxes> stated;
  for (const auto& [list, names] : lists) {
    const Axes axes = axes_called(names);
    if (names.size() != array.tensor.rank() || axes.empty()) continue;
    if (stated && stated->axes != axes) return std::nullopt;
    stated = StatedAxes{list, axes};
  }
  return stated;
}

}  // namespace attngraph
