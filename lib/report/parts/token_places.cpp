#include "report/parts/token_places.hpp"

#include <algorithm>
#include <numeric>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "report/parts/token_choice.hpp"

namespace attngraph {

TokenPlaces::TokenPlaces(const Attention& attention) {
  const MergedTokens* merged = attention.merged();
  labels_ = attention.key_labels();
  places_.resize(labels_.size());
  std::iota(places_.begin(), places_.end(), std::size_t{0});
  if (merged == nullptr) return;
  places_ = attngraph::places(merged->keys);
  const std::size_t all = places_.size() + merged->keys.tokens_left_out();
  std::vector<std::string> labels(all);
  for (std::size_t key = 0; key < places_.size(); ++key) labels[places_[key]] = labels_[key];
  labels_ = std::move(labels);
}

std::size_t TokenPlaces::key_from(const std::string& text, const std::string& option) const {
  const std::size_t chosen = token_choice(text, labels_, option);
  const auto found = std::lower_bound(places_.begin(), places_.end(), chosen);
  if (found == places_.end()) {
    throw ArgumentError(option, "is token " + std::to_string(chosen) +
                                    ", and from there on every token is left out");
  }
  return static_cast<std::size_t>(found - places_.begin());
}

}  // namespace attngraph
