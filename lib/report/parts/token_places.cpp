#include "report/parts/token_places.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "report/parts/token_choice.hpp"

namespace attngraph {

TokenPlaces TokenPlaces::of_keys(const Attention& attention) {
  const MergedTokens* merged = attention.merged();
  return {attention.key_labels(), merged ? &merged->keys : nullptr};
}

TokenPlaces TokenPlaces::of_queries(const Attention& attention) {
  const MergedTokens* merged = attention.merged();
  return {attention.query_labels(), merged ? &merged->queries : nullptr};
}

TokenPlaces::TokenPlaces(std::vector<std::string> labels, const Grouping* merged)
    : places_(labels.size()), labels_(std::move(labels)) {
  std::iota(places_.begin(), places_.end(), std::size_t{0});
  if (merged == nullptr) return;
  places_ = places(*merged);
  std::vector<std::string> all(places_.size() + merged->tokens_left_out());
  for (std::size_t i = 0; i < places_.size(); ++i) all[places_[i]] = std::move(labels_[i]);
  labels_ = std::move(all);
}

std::optional<std::size_t> TokenPlaces::at(std::size_t place) const {
  const auto found = std::lower_bound(places_.begin(), places_.end(), place);
  if (found == places_.end() || *found != place) return std::nullopt;
  return static_cast<std::size_t>(found - places_.begin());
}

std::size_t TokenPlaces::token_from(const std::string& text, const std::string& option) const {
  const std::size_t chosen = token_choice(text, labels_, option);
  const auto found = std::lower_bound(places_.begin(), places_.end(), chosen);
  if (found == places_.end()) {
    throw ArgumentError(option, "is token " + std::to_string(chosen) +
                                    ", and from there on every token is left out");
  }
  return static_cast<std::size_t>(found - places_.begin());
}

}  // namespace attngraph
