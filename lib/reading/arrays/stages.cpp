#include "reading/arrays/stages.hpp"

#include <algorithm>
#include <string>

#include "core/error.hpp"
#include "core/text/place.hpp"
#include "reading/arrays/chosen_arrays.hpp"
#include "reading/arrays/steps/generate_steps.hpp"

namespace attngraph {
namespace {

constexpr std::size_t axes_of_a_stage = 4;  // batch or window, head, query, key

std::string shown(const NamedTensor& array) {
  return array.name + " " + shape_text(array.tensor.shape());
}

bool same_heads_and_sizes(const NamedTensor& a, const NamedTensor& b) {
  const Shape& left = a.tensor.shape();
  const Shape& right = b.tensor.shape();
  return std::equal(left.begin() + 1, left.end(), right.begin() + 1, right.end());
}

/// Layers of one pass have one batch; the last batch of a data set is smaller than the others.
std::optional<Finding> layers_of_batches(const std::vector<NamedTensor>& members) {
  const auto items = [](const NamedTensor& array) { return array.tensor.shape().front(); };
  const auto other = std::find_if(members.begin(), members.end(), [&](const NamedTensor& array) {
    return items(array) != items(members.front());
  });
  if (other == members.end()) return std::nullopt;
  return Finding{
      "arrays have batches of their own, as batches of different inputs have, or windows "
      "(Swin): " +
          shown(members.front()) + ", " + shown(*other) + (members.size() > 2 ? " …" : ""),
      "ask about one, $tensor " + shell_word(members.front().name) +
          ", with $batch 0 about its first item; where its first axis counts layers, "
          "$axes layer,head,query,key"};
}

}  // namespace

std::optional<Finding> layers_of_stages(const Family& arrays) {
  const auto& members = arrays.members;
  const bool deep = std::all_of(members.begin(), members.end(), [](const NamedTensor& array) {
    return array.tensor.rank() == axes_of_a_stage;
  });
  if (members.size() < 2 || !deep) return std::nullopt;
  const auto other = std::find_if_not(
      members.begin(), members.end(),
      [&](const NamedTensor& array) { return same_heads_and_sizes(members.front(), array); });
  if (other == members.end()) return layers_of_batches(members);
  return Finding{
      "arrays have heads and sizes of their own, as layers of stages have (Swin), or "
      "different inputs: " +
          shown(members.front()) + ", " + shown(*other) + (members.size() > 2 ? " …" : ""),
      "ask about one, $tensor " + shell_word(members.front().name) +
          "; where its first axis counts layers, $axes layer,head,query,key, where it "
          "counts windows, $batch 0 is one of them"};
}

std::optional<Finding> layers_of_stages(const Dump& dump, const ReadingRequest& request) {
  if (!request.axes.empty()) return std::nullopt;
  try {
    const ChosenArrays chosen = chosen_arrays(dump, request);
    if (generate_steps(chosen.arrays, dump.source)) return std::nullopt;
    return layers_of_stages(chosen.arrays);
  } catch (const InputError&) {
    return std::nullopt;
  }
}

}  // namespace attngraph
