#include "reading/arrays/steps/step_places.hpp"

#include <algorithm>
#include <string_view>

#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

using Counts = bool (*)(std::string_view);

/// Those of `places` whose word counts so.
std::vector<std::size_t> places_that(const Family& arrays, std::vector<std::size_t> places,
                                     Counts counts) {
  std::erase_if(places, [&](std::size_t place) { return !counts(arrays.names[0].words[place]); });
  return places;
}

std::optional<std::size_t> only(const std::vector<std::size_t>& places) {
  return places.size() == 1 ? std::optional(places.front()) : std::nullopt;
}

std::optional<std::size_t> place_that(const Family& arrays, Counts counts) {
  const auto& words = arrays.names.front().words;
  const auto found = std::find_if(words.begin(), words.end(), counts);
  if (found == words.end()) return std::nullopt;
  return static_cast<std::size_t>(found - words.begin());
}

}  // namespace

std::optional<StepPlaces> said_places(const Family& arrays) {
  const auto varying = arrays.varying();
  const auto& name = arrays.names.front();
  auto step = only(places_that(arrays, varying, counts_steps));
  const auto layer = place_that(arrays, counts_layers);
  if (!places_that(arrays, varying, counts_heads).empty()) return std::nullopt;
  if (varying.size() == 2 && step) return StepPlaces{*step, varying[varying[0] == *step ? 1 : 0]};
  if (varying.size() > 1) return std::nullopt;
  if (!step && name.numbers.size() <= 2) {
    step = place_that(arrays, counts_steps);
    if (step && name.words[*step] == "t") return std::nullopt;
  }
  if (!step || (name.words[*step] == "t" && !layer)) return std::nullopt;
  if (varying.size() == 1 && varying[0] != *step) return StepPlaces{*step, varying[0]};
  return StepPlaces{*step, layer};
}

bool are_lists_of_steps(const Family& arrays) {
  const std::string_view pattern = arrays.names.front().pattern;
  return pattern == "#.#" || pattern.ends_with("attentions.#.#") ||
         pattern.ends_with("attentions/#/#") || pattern.ends_with("attentions[#][#]");
}

std::vector<StepPlaces> possible_places(const Family& arrays) {
  const auto varying = arrays.varying();
  if (!places_that(arrays, varying, counts_heads).empty() ||
      !places_that(arrays, varying, counts_inputs).empty()) {
    return {};
  }
  const auto layers = places_that(arrays, varying, counts_layers);
  if (layers.size() == 2) return {};
  const StepPlaces first{varying[0], varying[1]};
  const StepPlaces second{varying[1], varying[0]};
  if (layers.size() == 1) return {layers[0] == varying[1] ? first : second};
  return {first, second};
}

}  // namespace attngraph
