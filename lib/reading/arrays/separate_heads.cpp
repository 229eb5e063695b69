#include "reading/arrays/separate_heads.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/place.hpp"

namespace attngraph {
namespace {

std::optional<std::size_t> head_place(const Family& arrays) {
  const auto& words = arrays.names.front().words;
  for (const std::size_t place : arrays.varying()) {
    if (counts_heads(words[place])) return place;
  }
  return std::nullopt;
}

template <typename Number>
Tensor stacked(const std::vector<const NamedTensor*>& heads) {
  const Shape& shape = heads.front()->tensor.shape();
  const std::size_t size = heads.front()->tensor.size();
  std::vector<Number> weights(heads.size() * size);
  for (std::size_t h = 0; h < heads.size(); ++h) {
    heads[h]->tensor.copy_to(std::span<Number>(weights.data() + h * size, size));
  }
  return Tensor::from(std::move(weights), {heads.size(), shape[0], shape[1]});
}

}  // namespace

bool are_separate_heads(const Family& arrays) {
  return arrays.rank() == 2 && arrays.varying().size() <= 2 && head_place(arrays).has_value();
}

std::vector<Tensor> heads_together(const Family& arrays, const std::string& source) {
  const std::size_t place = *head_place(arrays);
  std::map<std::vector<std::size_t>, std::vector<const NamedTensor*>> layers;
  for (std::size_t i = 0; i < arrays.members.size(); ++i) {
    std::vector<std::size_t> layer = arrays.names[i].numbers;
    layer.erase(layer.begin() + static_cast<std::ptrdiff_t>(place));
    layers[layer].push_back(&arrays.members[i]);
  }
  const auto& first = layers.begin()->second;
  std::vector<Tensor> together;
  for (const auto& [numbers, heads] : layers) {
    for (const NamedTensor* head : heads) {
      if (head->tensor.shape() == first.front()->tensor.shape()) continue;
      throw InputError(within(source, head->name), "shape " + shape_text(head->tensor.shape()) +
                                                       " differs from that of " +
                                                       called(first.front()->name));
    }
    if (heads.size() != first.size()) {
      throw InputError(within(source, heads.front()->name),
                       "its layer has " + counted(heads.size(), "head") + ", that of " +
                           called(first.front()->name) + " has " + std::to_string(first.size()),
                       "a head of a layer is missing");
    }
    together.push_back(heads.front()->tensor.dtype() == Dtype::f64 ? stacked<double>(heads)
                                                                   : stacked<float>(heads));
  }
  return together;
}

void check_what_varies(const Family& arrays, const std::string& source) {
  const auto varying = arrays.varying();
  const auto& words = arrays.names.front().words;
  const auto layers = [&](std::size_t place) { return counts_layers(words[place]); };
  if (varying.size() < 2 || std::all_of(varying.begin(), varying.end(), layers)) return;
  Family one = arrays;
  std::erase_if(one.members, [&](const NamedTensor& member) {
    return array_name(member.name).numbers[varying[0]] != arrays.names.front().numbers[varying[0]];
  });
  one.names.clear();
  for (const NamedTensor& member : one.members) one.names.push_back(array_name(member.name));
  throw InputError(source,
                   family_text(arrays) + " differ by two numbers: which counts layers is not said",
                   "choose the layers of one input with $tensor '" + family_glob(one) + "'");
}

}  // namespace attngraph
