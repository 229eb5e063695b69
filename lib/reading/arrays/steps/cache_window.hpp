#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "reading/arrays/steps/step_form.hpp"

namespace attngraph {

/// Whether the weights of a query are those of one that a mask hides from every key, such as
/// padding in front: as much for each key of the cache, or NaN.
bool is_masked(std::span<const double> row);

/// Whether no query sees a key that comes after it when steps are counted from the first key on.
bool sees_no_later_key(const Slices& slices);

/// Keys that a cache of fixed length held before the first query: the zeros behind the last key
/// that is seen give way by one from query to query, in every layer.
/// @returns nothing where they do not
std::optional<std::size_t> held_before(const std::vector<Slices>& layers);

/// Steps of a cache that drops keys: single queries over as many keys at most.
struct CacheWindow {
  /// Keys before the first query, as the layer that holds most says.
  std::size_t before;
  /// Most keys of a step behind the prompt, in a layer that drops some.
  std::size_t keys;
  /// The keys are the last ones: a prompt sees no others, or other layers keep all.
  bool sliding;
};

/// The shapes are those of a cache that drops keys.
std::optional<CacheWindow> cache_window(const std::vector<Slices>& layers);

/// Whether the steps of one layer, single queries behind the first, are by their shapes and zeros
/// those of a cache of fixed length or of one that drops keys, and nothing else.
bool is_of_a_cache(const Slices& slices);

/// Whether a step behind the first has more than one query.
bool has_later_queries(const Slices& slices);

/// Whether queries of one step see keys that come after them, were they the last ones.
bool sees_later_keys(const Slices& slices);

/// Whether the last key that is seen is the same in each step, as in cross-attention.
bool sees_as_far(const std::vector<Slices>& layers);

}  // namespace attngraph
