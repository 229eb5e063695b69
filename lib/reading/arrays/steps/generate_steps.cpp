#include "reading/arrays/steps/generate_steps.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/place.hpp"
#include "reading/arrays/numbers/number_words.hpp"
#include "reading/arrays/steps/step_places.hpp"

namespace attngraph {
namespace {

/// [batch, head, query, key]
Tensor with_batch(const Tensor& tensor) {
  return tensor.rank() == 3 ? tensor.with_axis(0) : tensor;
}

[[noreturn]] void refuse(const std::string& source, const NamedTensor& slice,
                         const std::string& expected) {
  throw InputError(
      within(source, slice.name),
      "shape " + shape_text(slice.tensor.shape()) + ", expected " + expected,
      "steps of generate() are known as a p x p prompt (p x k over a cache) and then 1 x "
      "k with k growing by one, over a fixed cache, as whole squares (no cache), and as "
      "cross-attention to the same keys; a step may be missing, or the cache drops "
      "keys: save one forward() over the whole text instead");
}

/// Four axes of a step of all layers, the first of which is longer than one.
[[noreturn]] void refuse_first_axis(const std::string& source, const NamedTensor& slice) {
  const std::string first = std::to_string(slice.tensor.shape()[0]);
  throw InputError(within(source, slice.name),
                   "shape " + shape_text(slice.tensor.shape()) + " may be that of " + first +
                       " layers or of a batch of " + first,
                   "say which: $axes layer,head,query,key or $axes batch,head,query,key");
}

/// A step as [batch, layer, head, query, key]; of a single layer where the names say which.
Tensor step_with_all_axes(const NamedTensor& slice, const StepPlaces& places, const Axes& axes,
                          const std::string& source) {
  using enum Axis;
  const Tensor& tensor = slice.tensor;
  if (axes.size() == tensor.rank()) {
    Tensor step = with_all_axes(tensor, axes);
    if (!places.layer || step.shape()[1] == 1) return step;
  } else if (places.layer && (tensor.rank() == 3 || tensor.rank() == 4)) {
    return with_batch(tensor).with_axis(1);
  } else if (!places.layer && tensor.rank() == 3) {
    return tensor.with_axis(0).with_axis(0);
  } else if (!places.layer && tensor.rank() == 4) {
    if (tensor.shape()[0] > 1) refuse_first_axis(source, slice);
    return tensor.with_axis(0);
  } else if (!places.layer && tensor.rank() == 5) {
    return with_all_axes(tensor, {layer, batch, head, query, key});
  }
  refuse(source, slice,
         places.layer ? "[batch, head, query, key]" : "[layer, batch, head, query, key]");
}

/// The arrays of each layer by step.
std::vector<Slices> by_layer(const Family& arrays, const StepPlaces& places,
                             const std::string& source, const Axes& axes) {
  std::map<std::pair<std::int64_t, std::int64_t>, NamedTensor> slices;
  for (std::size_t i = 0; i < arrays.members.size(); ++i) {
    const auto& numbers = arrays.names[i].numbers;
    const NamedTensor& member = arrays.members[i];
    const Tensor step = step_with_all_axes(member, places, axes, source);
    for (std::size_t l = 0; l < step.shape()[1]; ++l) {
      const std::int64_t layer =
          places.layer ? numbers[*places.layer] : static_cast<std::int64_t>(l);
      slices[{layer, numbers[places.step]}] = {member.name, step.at(1, l)};
    }
  }
  std::vector<Slices> layers;
  std::optional<std::int64_t> layer;
  for (auto& [place, slice] : slices) {
    if (layer != place.first) layers.emplace_back();
    layer = place.first;
    layers.back().push_back(slice);
  }
  return layers;
}

/// The first slice that does not continue the one before as `growing` would have it: there is one.
[[noreturn]] void refuse_form(const Slices& slices, const std::string& source) {
  std::size_t seen = keys_before(slices);
  for (const NamedTensor& slice : slices) {
    Shape expected = slice.tensor.shape();
    seen += queries(slice);
    expected.back() = seen;
    if (keys(slice) != seen) refuse(source, slice, shape_text(expected));
  }
  Shape expected = slices.front().tensor.shape();
  expected.back() = queries(slices.front());
  refuse(source, slices.front(), shape_text(expected));
}

void check_layers(const Steps& steps, const std::string& source) {
  const Slices& first = steps.layers.front();
  for (std::size_t l = 0; l < steps.layers.size(); ++l) {
    const Slices& slices = steps.layers[l];
    if (slices.size() != first.size()) {
      throw InputError(
          source + ": layer " + std::to_string(l),
          "has " + counted(slices.size(), "step") + ", layer 0 has " + std::to_string(first.size()),
          "a step of a layer is missing; save every step of every layer");
    }
    for (std::size_t s = 0; s < slices.size(); ++s) {
      Shape expected = first[s].tensor.shape();
      expected[0] = first[0].tensor.shape()[0];
      expected[1] = first[0].tensor.shape()[1];
      if (slices[s].tensor.shape() != expected) refuse(source, slices[s], shape_text(expected));
    }
  }
}

std::optional<Steps> steps_of(const Family& arrays, const StepPlaces& places,
                              const std::string& source, const Axes& axes) {
  Steps steps{StepForm::growing, 0, by_layer(arrays, places, source, axes)};
  steps.count = steps.layers.front().size();
  const auto form = form_of(steps.layers.front(), arrays.cross());
  if (!form) return std::nullopt;
  steps.form = *form;
  return steps;
}

/// The same; one of no known form is named.
Steps steps_at(const Family& arrays, const StepPlaces& places, const std::string& source,
               const Axes& axes) {
  auto steps = steps_of(arrays, places, source, axes);
  if (!steps) refuse_form(by_layer(arrays, places, source, axes).front(), source);
  check_layers(*steps, source);
  return *std::move(steps);
}

/// The steps in an order of numbers that the names do not say.
std::optional<Steps> guessed(const Family& arrays, const StepPlaces& places,
                             const std::string& source) {
  auto steps = steps_of(arrays, places, source, {});
  if (!steps || steps->count < 2) return std::nullopt;
  if (steps->form == StepForm::whole_squares && !repeats(steps->layers.front())) {
    return std::nullopt;
  }
  check_layers(*steps, source);
  if (steps->form == StepForm::fixed_cache &&
      !std::all_of(steps->layers.begin(), steps->layers.end(), sees_no_later_key)) {
    return std::nullopt;
  }
  return steps;
}

[[noreturn]] void refuse_both(const Family& arrays, const StepPlaces& places,
                              const std::string& source) {
  throw InputError(source,
                   family_text(arrays) +
                       " differ by two numbers: the first may count steps of generate() and the "
                       "second layers, or the first layers and the second steps",
                   "say it in the names, as in step_0_layer_0, or choose the layers of one step "
                   "with $tensor " +
                       shell_word(family_glob_at(arrays, places.step)) +
                       " (steps first) or $tensor " +
                       shell_word(family_glob_at(arrays, *places.layer)) + " (layers first)");
}

std::optional<Steps> guessed_steps(const Family& arrays, const std::string& source) {
  std::optional<Steps> best;
  std::optional<InputError> fault;
  for (const StepPlaces& places : possible_places(arrays)) {
    std::optional<Steps> steps;
    try {
      steps = guessed(arrays, places, source);
    } catch (const InputError& error) {
      if (!fault) fault = error;
    }
    if (!steps) continue;
    if (are_lists_of_steps(arrays)) return steps;
    // Single rows over the same keys look like cross-attention in any order.
    const bool cross = steps->form == StepForm::cross;
    if (best && cross == (best->form == StepForm::cross)) {
      refuse_both(arrays, {*places.layer, places.step}, source);
    }
    if (!best || !cross) best = std::move(steps);
  }
  if (!best && fault) throw *fault;
  return best;
}

/// A list that nobody named steps, each with all layers: a query for each new key, or the whole
/// square again and again.
bool is_growing_list(const Family& arrays) {
  const auto varying = arrays.varying();
  if (varying.size() != 1 || arrays.rank() < 3 || arrays.rank() > 5) return false;
  const std::string& word = arrays.names.front().words[varying.front()];
  if (counts_layers(word) || counts_heads(word) || counts_inputs(word)) return false;
  if (!gains_a_key(arrays.members)) return false;
  const auto later = arrays.members.begin() + 1;
  if (std::all_of(later, arrays.members.end(),
                  [](const NamedTensor& slice) { return queries(slice) == 1; })) {
    return true;
  }
  if (!whole_squares(arrays.members) || arrays.rank() > 4) return false;
  Slices squares = arrays.members;
  for (NamedTensor& square : squares) square.tensor = with_batch(square.tensor);
  return repeats(squares);
}

}  // namespace

std::optional<Steps> generate_steps(const Family& arrays, const std::string& source,
                                    const Axes& axes) {
  // A pattern may have chosen arrays of several families.
  const bool one_family = std::all_of(
      arrays.names.begin(), arrays.names.end(),
      [&](const auto& name) { return name.numbers.size() == arrays.names.front().numbers.size(); });
  if (!one_family) return std::nullopt;
  if (const auto places = said_places(arrays)) {
    if (!places->layer && arrays.rank() < 3) return std::nullopt;
    return steps_at(arrays, *places, source, axes);
  }
  if (is_growing_list(arrays)) {
    return steps_at(arrays, {arrays.varying().front(), std::nullopt}, source, axes);
  }
  if (arrays.varying().size() != 2 || arrays.rank() < 3 || arrays.rank() > 4) return std::nullopt;
  return guessed_steps(arrays, source);
}

}  // namespace attngraph
