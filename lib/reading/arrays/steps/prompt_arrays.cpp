#include "reading/arrays/steps/prompt_arrays.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "core/text/text.hpp"
#include "reading/arrays/steps/step_form.hpp"
#include "reading/arrays/steps/step_places.hpp"
#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

bool names_a_prompt(const ArrayName& name) {
  const std::string small = lower_case(name.pattern);
  return small.find("prompt") != small.npos || small.find("prefill") != small.npos;
}

/// Such a name, or one that what is no prompt may have too.
bool may_name_a_prompt(const ArrayName& name) {
  constexpr std::array<std::string_view, 7> words{"context", "ctx",   "prefix", "input",
                                                  "initial", "first", "start"};
  if (names_a_prompt(name)) return true;
  const std::string small = lower_case(name.pattern);
  for (std::size_t i = 0; i < small.size();) {
    std::size_t end = i;
    while (end < small.size() && is_letter(small[end])) ++end;
    const auto word = std::string_view(small).substr(i, end - i);
    if (std::find(words.begin(), words.end(), word) != words.end()) return true;
    i = end + 1;
  }
  return false;
}

bool may_be_attention(const Family& family) {
  return family.role() == Role::attention || family.role() == Role::unknown;
}

/// The numbers at `place`, or 0 alone where there is none.
std::set<std::int64_t> numbers_at(const Family& family, std::optional<std::size_t> place) {
  if (!place) return {0};
  std::set<std::int64_t> numbers;
  for (const ArrayName& name : family.names) numbers.insert(name.numbers[*place]);
  return numbers;
}

std::int64_t first_step(const Family& steps, const StepPlaces& places) {
  return *numbers_at(steps, places.step).begin();
}

/// A member for each layer: the only one may hold all of them.
Family by_layer(const Family& prompt, std::size_t layers, std::size_t rank) {
  Family all;
  for (std::size_t i = 0; i < prompt.members.size(); ++i) {
    const NamedTensor& member = prompt.members[i];
    const bool stack = prompt.members.size() == 1 && member.tensor.rank() == rank + 1 &&
                       member.tensor.shape()[0] == layers;
    for (std::size_t l = 0; l < (stack ? layers : 1); ++l) {
      all.names.push_back(prompt.names[i]);
      all.members.push_back({member.name, stack ? member.tensor.at(0, l) : member.tensor});
      Tensor& tensor = all.members.back().tensor;
      if (!stack && tensor.rank() + 1 == rank) tensor = tensor.with_axis(0);
    }
  }
  return all;
}

/// The step continues the prompt; of a cache that drops keys where `dropping`.
bool precedes(const NamedTensor& prompt, const NamedTensor& step, bool dropping) {
  const Shape &before = prompt.tensor.shape(), &after = step.tensor.shape();
  if (before.size() != after.size() ||
      !std::equal(before.begin(), before.end() - 2, after.begin())) {
    return false;
  }
  if (keys(step) == keys(prompt) + 1) return true;
  const bool square = queries(prompt) == keys(prompt);
  return square ? dropping && keys(step) <= keys(prompt)
                : keys(step) == keys(prompt) && queries(prompt) < keys(prompt);
}

/// The orders of the numbers of steps that have as many layers as a prompt has.
std::vector<StepPlaces> places_of(const Family& steps) {
  if (const auto said = said_places(steps)) return {*said};
  const auto varying = steps.varying();
  if (varying.size() == 1) {
    const std::string& word = steps.names.front().words[varying.front()];
    if (counts_layers(word) || counts_heads(word) || counts_inputs(word)) return {};
    return {{varying.front(), std::nullopt}};
  }
  return varying.size() == 2 ? possible_places(steps) : std::vector<StepPlaces>();
}

/// The prompt by layers where it stands before the first step.
std::optional<Family> fitting(const Family& prompt, const Family& steps, const StepPlaces& places) {
  const auto layers = numbers_at(steps, places.layer);
  const Family all = by_layer(prompt, layers.size(), steps.rank());
  if (all.members.size() != layers.size()) return std::nullopt;
  const auto varying = prompt.varying();
  const bool dropping = names_a_prompt(prompt.names.front()) && has_same_keys(steps.members);
  if (varying.size() > 1) return std::nullopt;
  if (varying.size() == 1 && numbers_at(prompt, varying.front()) != layers) return std::nullopt;
  for (std::size_t i = 0; i < steps.members.size(); ++i) {
    if (steps.names[i].numbers[places.step] != first_step(steps, places)) continue;
    const std::int64_t layer = places.layer ? steps.names[i].numbers[*places.layer] : 0;
    const auto at = std::distance(layers.begin(), layers.find(layer));
    const NamedTensor& before = all.members[static_cast<std::size_t>(at)];
    if (!precedes(before, steps.members[i], dropping)) return std::nullopt;
  }
  return all;
}

/// The same, and the order of the numbers of steps.
std::optional<std::pair<Family, StepPlaces>> prompt_and_places(const Family& prompt,
                                                               const Family& steps) {
  const bool named =
      may_name_a_prompt(prompt.names.front()) && !may_name_a_prompt(steps.names.front());
  if (!named || !may_be_attention(prompt) || !may_be_attention(steps)) return std::nullopt;
  if (steps.rank() < 3 || prompt.rank() < 3 || prompt.names.front().cross) return std::nullopt;
  const bool single = std::all_of(steps.members.begin(), steps.members.end(),
                                  [](const NamedTensor& step) { return queries(step) == 1; });
  if (!single) return std::nullopt;
  for (const StepPlaces& places : places_of(steps)) {
    if (auto found = fitting(prompt, steps, places)) return std::pair(*std::move(found), places);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Family> prompt_of(const Family& steps, const std::vector<Family>& all) {
  for (const Family& prompt : all) {
    if (auto found = prompt_and_places(prompt, steps)) return std::move(found->first);
  }
  return std::nullopt;
}

const Family* prompt_of_any_form(const Family& steps, const std::vector<Family>& all) {
  const auto first = std::min_element(
      steps.members.begin(), steps.members.end(),
      [](const NamedTensor& a, const NamedTensor& b) { return keys(a) < keys(b); });
  const bool single = steps.rank() > 2 && !names_a_prompt(steps.names.front()) &&
                      std::all_of(steps.members.begin(), steps.members.end(),
                                  [](const NamedTensor& step) { return queries(step) == 1; });
  const auto found = std::find_if(all.begin(), all.end(), [&](const Family& one) {
    const NamedTensor& prompt = one.members.front();
    return names_a_prompt(one.names.front()) && may_be_attention(one) && one.rank() > 1 &&
           queries(prompt) == keys(prompt) && keys(*first) == keys(prompt) + 1;
  });
  return single && found != all.end() ? &*found : nullptr;
}

std::vector<Family> without_prompts(const std::vector<Family>& all) {
  std::vector<Family> kept;
  for (const Family& one : all) {
    const auto follows = [&](const Family& steps) {
      return &steps != &one && prompt_and_places(one, steps).has_value();
    };
    if (std::none_of(all.begin(), all.end(), follows)) kept.push_back(one);
  }
  return kept;
}

Family with_prompt(const Family& steps, const Family& prompt) {
  const StepPlaces places = prompt_and_places(prompt, steps)->second;
  const std::int64_t first = first_step(steps, places);
  const auto layers = numbers_at(steps, places.layer);
  Family all = prompt;
  for (std::size_t l = 0; l < all.names.size(); ++l) {
    all.names[l] = steps.names.front();
    all.names[l].numbers[places.step] = first - 1;
    if (places.layer)
      all.names[l].numbers[*places.layer] =
          *std::next(layers.begin(), static_cast<std::ptrdiff_t>(l));
  }
  all.members.insert(all.members.end(), steps.members.begin(), steps.members.end());
  all.names.insert(all.names.end(), steps.names.begin(), steps.names.end());
  return all;
}

}  // namespace attngraph
