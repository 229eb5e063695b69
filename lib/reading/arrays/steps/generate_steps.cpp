#include "reading/arrays/steps/generate_steps.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <utility>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/place.hpp"
#include "reading/arrays/steps/cache_window.hpp"
#include "reading/arrays/steps/refused_steps.hpp"
#include "reading/arrays/steps/step_places.hpp"
#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

/// [batch, head, query, key]
Tensor with_batch(const Tensor& tensor) {
  return tensor.rank() == 3 ? tensor.with_axis(0) : tensor;
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
  refuse_slice(source, slice,
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
      const auto [same, is_new] = slices.try_emplace({layer, numbers[places.step]},
                                                     NamedTensor{member.name, step.at(1, l)});
      if (!is_new) {
        throw InputError(within(source, member.name),
                         "has the same numbers as " + called(same->second.name),
                         "a layer of a step stands there once");
      }
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
      if (steps.form == StepForm::window) expected.back() = keys(slices[s]);
      if (slices[s].tensor.shape() != expected)
        refuse_slice(source, slices[s], shape_text(expected));
    }
  }
}

/// Whether the names say that the first step is there, and that it is no item of a list, nor of
/// what was decoded, which would count what there is.
bool names_first_step(const Family& arrays, const StepPlaces& places) {
  const auto& names = arrays.names;
  return names.front().words[places.step] == "step" &&
         std::any_of(names.begin(), names.end(),
                     [&](const ArrayName& name) { return name.numbers[places.step] == 0; });
}

/// Cross-attention, where the first step is no prompt; the keys that are seen say nothing else.
void take_for_cross(Steps& steps) {
  const std::string keys_there = counted(keys(steps.layers.front().front()), "key");
  steps.note = "step 0 has one query and " + keys_there +
               ", so there is no prompt: taken for cross-attention; $causal yes where these are "
               "steps of self-attention over a cache that drops keys (a sliding window)";
}

/// Whether no step is missing between the first and the last.
bool has_every_step(const Family& arrays, const StepPlaces& places) {
  std::set<std::int64_t> numbers;
  for (const ArrayName& name : arrays.names) numbers.insert(name.numbers[places.step]);
  return *numbers.rbegin() - *numbers.begin() + 1 == static_cast<std::int64_t>(numbers.size());
}

std::optional<Steps> steps_of(const Family& arrays, const StepPlaces& places,
                              const std::string& source, const SaidOfSteps& said) {
  Steps steps{StepForm::growing, 0, 0, by_layer(arrays, places, source, said.axes)};
  steps.count = steps.layers.front().size();
  const auto found = form_of(steps.layers, arrays.cross() ? SaidKeys::other : said.keys);
  if (!found) return std::nullopt;
  steps.form = found->form;
  steps.before = found->before;
  if (steps.form == StepForm::window && !has_every_step(arrays, places)) return std::nullopt;
  if (!found->open) return steps;
  const bool cross = steps.form == StepForm::cross && names_first_step(arrays, places);
  if (!cross || !sees_as_far(steps.layers)) refuse_open(arrays, steps.layers, *found, source);
  take_for_cross(steps);
  return steps;
}

/// The same; one of no known form is named.
Steps steps_at(const Family& arrays, const StepPlaces& places, const std::string& source,
               const SaidOfSteps& said) {
  auto steps = steps_of(arrays, places, source, said);
  if (!steps) refuse_form(by_layer(arrays, places, source, said.axes).front(), source);
  check_layers(*steps, source);
  return *std::move(steps);
}

/// The steps in an order of numbers that the names do not say.
std::optional<Steps> guessed(const Family& arrays, const StepPlaces& places,
                             const std::string& source, SaidKeys keys) {
  auto steps = steps_of(arrays, places, source, {{}, keys});
  if (!steps || steps->count < 2) return std::nullopt;
  if (steps->form == StepForm::whole_squares && !repeats(steps->layers.front())) {
    return std::nullopt;
  }
  check_layers(*steps, source);
  return steps;
}

std::optional<Steps> guessed_steps(const Family& arrays, const std::string& source, SaidKeys keys) {
  std::optional<Steps> best;
  std::optional<InputError> fault;
  for (const StepPlaces& places : possible_places(arrays)) {
    std::optional<Steps> steps;
    try {
      steps = guessed(arrays, places, source, keys);
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

/// The first layer of each, [batch, head, query, key].
Slices first_layers(const Family& arrays) {
  Slices slices = arrays.members;
  for (NamedTensor& slice : slices) {
    while (slice.tensor.rank() > 4) slice.tensor = slice.tensor.at(0, 0);
    slice.tensor = with_batch(slice.tensor);
  }
  return slices;
}

/// A list that nobody named steps, each with all layers: a query for each new key, or the whole
/// square again and again.
bool is_growing_list(const Family& arrays) {
  const auto varying = arrays.varying();
  if (varying.size() != 1 || arrays.rank() < 3 || arrays.rank() > 5) return false;
  const std::string& word = arrays.names.front().words[varying.front()];
  if (counts_layers(word) || counts_heads(word) || counts_inputs(word)) return false;
  if (has_later_queries(arrays.members)) {
    if (arrays.rank() == 5) return false;
    const Slices slices = first_layers(arrays);
    return (gains_a_key(slices) && whole_squares(slices) && repeats(slices)) ||
           (whole_cross(slices) && sees_later_keys(slices));
  }
  return gains_a_key(arrays.members) || is_of_a_cache(first_layers(arrays));
}

/// Lists of one layer each, over as many keys: the steps of a model of one layer, or layers.
bool is_list_of_one_layer(const Family& arrays) {
  const auto& first = arrays.names.front();
  return arrays.varying() == std::vector<std::size_t>{0} && are_lists_of_steps(arrays) &&
         first.numbers.back() == 0 && arrays.rank() < 5 && queries(arrays.members.front()) == 1 &&
         !has_later_queries(arrays.members);
}

/// A list that no word explains, each with a query over as many keys.
bool is_list_of_queries(const Family& arrays) {
  const auto varying = arrays.varying();
  if (varying.size() != 1 || arrays.rank() < 3 || arrays.rank() > 4) return false;
  const std::string& word = arrays.names.front().words[varying.front()];
  if (counts_layers(word) || counts_heads(word) || counts_inputs(word)) return false;
  return keys(arrays.members.front()) > 1 && has_same_keys(arrays.members) &&
         queries(arrays.members.front()) == 1 && !has_later_queries(arrays.members);
}

bool name_layers(const Axes& axes) {
  return std::find(axes.begin(), axes.end(), Axis::layer) != axes.end();
}

}  // namespace

std::optional<Steps> generate_steps(const Family& arrays, const std::string& source,
                                    const SaidOfSteps& said) {
  // A pattern may have chosen arrays of several families.
  const bool one_family = std::all_of(
      arrays.names.begin(), arrays.names.end(),
      [&](const auto& name) { return name.numbers.size() == arrays.names.front().numbers.size(); });
  if (!one_family) return std::nullopt;
  if (const auto places = said_places(arrays)) {
    if (!places->layer && arrays.rank() < 3) return std::nullopt;
    return steps_at(arrays, *places, source, said);
  }
  if (is_growing_list(arrays) || is_list_of_one_layer(arrays)) {
    return steps_at(arrays, {arrays.varying().front(), std::nullopt}, source, said);
  }
  const bool other_keys = arrays.cross() || said.keys == SaidKeys::other;
  if (is_list_of_queries(arrays) && (other_keys || said.keys == SaidKeys::own)) {
    if (said.axes.size() == arrays.rank() && name_layers(said.axes)) {
      return steps_at(arrays, {arrays.varying().front(), std::nullopt}, source, said);
    }
    if (said.axes.empty() && other_keys) refuse_queries(arrays, source);
  }
  if (arrays.varying().size() != 2 || arrays.rank() < 3 || arrays.rank() > 4) return std::nullopt;
  return guessed_steps(arrays, source, said.keys);
}

}  // namespace attngraph
