#include "reading/generate_steps.hpp"

#include <map>
#include <regex>
#include <utility>

#include "core/error.hpp"

namespace attngraph {
namespace {

/// (layer, step) → the slice.
using Slices = std::map<std::pair<long, long>, const NamedTensor*>;

std::optional<long> number_behind(const std::string& name, const char* word) {
  const std::regex pattern(std::string(word) + "[^0-9]{0,2}([0-9]{1,9})", std::regex::icase);
  std::smatch match;
  if (!std::regex_search(name, match, pattern)) return std::nullopt;
  return std::stol(match[1]);
}

std::optional<Slices> named_slices(const std::vector<NamedTensor>& tensors) {
  Slices slices;
  for (const auto& named : tensors) {
    const auto step = number_behind(named.name, "step");
    const auto layer = number_behind(named.name, "layer");
    if (!step || !layer) return std::nullopt;
    if (!slices.emplace(std::pair{*layer, *step}, &named).second) return std::nullopt;
  }
  return slices;
}

InputError broken_step(const std::string& source, const NamedTensor& slice,
                       const std::string& expected) {
  return InputError(source + ": " + slice.name,
                    "shape " + shape_text(slice.tensor.shape()) + ", expected " + expected,
                    "steps of generate() are [1, head, query, key]: the prompt first, then one "
                    "query and one key more each");
}

/// [head, query, key] of one slice, without its batch of one.
Tensor slice_heads(const NamedTensor& slice, const std::string& source) {
  Tensor tensor = slice.tensor;
  if (tensor.rank() == 4 && tensor.shape()[0] == 1) tensor = tensor.at(0, 0);
  if (tensor.rank() != 3) throw broken_step(source, slice, "[1, head, query, key]");
  return tensor;
}

/// Puts one layer's slices below each other.
Tensor layer_of(const std::vector<const NamedTensor*>& slices, const std::string& source) {
  const std::size_t heads = slice_heads(*slices.front(), source).shape()[0];
  const std::size_t keys = slice_heads(*slices.back(), source).shape()[2];
  std::vector<float> weights(heads * keys * keys, 0.0f);
  std::size_t row = 0;
  for (const NamedTensor* slice : slices) {
    const Tensor tensor = slice_heads(*slice, source);
    const std::size_t queries = tensor.shape()[1];
    const std::size_t seen = row + queries;
    if (tensor.shape() != Shape{heads, queries, seen} || seen > keys) {
      throw broken_step(source, *slice, shape_text({1, heads, queries, seen}));
    }
    for (std::size_t h = 0; h < heads; ++h) {
      for (std::size_t q = 0; q < queries; ++q) {
        tensor.at(0, h).at(0, q).copy_to(
            std::span<float>(weights.data() + (h * keys + row + q) * keys, seen));
      }
    }
    row = seen;
  }
  return Tensor::from(std::move(weights), {heads, keys, keys});
}

}  // namespace

std::optional<std::vector<Tensor>> assembled_steps(const std::vector<NamedTensor>& tensors,
                                                   const std::string& source) {
  const auto slices = named_slices(tensors);
  if (!slices) return std::nullopt;
  std::map<long, std::vector<const NamedTensor*>> layers;
  for (const auto& [place, slice] : *slices) layers[place.first].push_back(slice);
  std::vector<Tensor> stack;
  for (const auto& [layer, steps] : layers) stack.push_back(layer_of(steps, source));
  for (std::size_t l = 1; l < stack.size(); ++l) {
    if (stack[l].shape() != stack[0].shape()) {
      throw InputError(source + ": layer " + std::to_string(l),
                       "its steps make " + shape_text(stack[l].shape()) +
                           ", those of layer 0 make " + shape_text(stack[0].shape()),
                       "a step of a layer is missing; save every step of every layer");
    }
  }
  return stack;
}

}  // namespace attngraph
