#include "reading/arrays/steps/cache_window.hpp"

#include <algorithm>
#include <cmath>

namespace attngraph {
namespace {

/// Keys up to the last one that any head of any item gives weight; rows of masked queries of a
/// prompt say nothing.
std::size_t reach(const NamedTensor& slice, std::size_t query) {
  const auto weights = slice.tensor.at(2, query).to_doubles();
  const std::size_t count = keys(slice);
  std::size_t most = 0;
  for (std::size_t at = 0; at < weights.size(); at += count) {
    const auto row = std::span(weights).subspan(at, count);
    if (queries(slice) > 1 && is_masked(row)) continue;
    const auto last = std::find_if(row.rbegin(), row.rend(), [](double w) { return w != 0; });
    most = std::max(most, static_cast<std::size_t>(row.rend() - last));
  }
  return most;
}

/// Where each query sees a key more than the one before, from the first that is not masked on.
std::optional<std::size_t> held_before(const Slices& slices) {
  std::optional<std::size_t> before;
  std::size_t row = 0;
  for (const NamedTensor& slice : slices) {
    for (std::size_t q = 0; q < queries(slice); ++q, ++row) {
      const std::size_t seen = reach(slice, q);
      if (seen == 0 && q + 1 < queries(slice)) continue;
      if (seen < row + 1 || before.value_or(seen - row - 1) != seen - row - 1) return std::nullopt;
      before = seen - row - 1;
    }
  }
  return *before + row <= keys(slices.front()) ? before : std::nullopt;
}

/// Before the first query of a cache that holds what it has seen, or is not full yet.
std::size_t before_first(const Slices& slices) {
  const NamedTensor& first = slices.front();
  if (keys(first) != keys(slices.back())) return keys_before(slices);
  const std::size_t seen = reach(first, queries(first) - 1);
  return seen > queries(first) ? seen - queries(first) : 0;
}

bool sees_nothing_behind(const NamedTensor& slice, std::size_t tokens) {
  for (std::size_t q = 0; q < queries(slice); ++q) {
    if (reach(slice, q) > tokens) return false;
  }
  return true;
}

/// Whether each step has all keys so far, the last ones at most, or room for more.
bool is_of_cache(const Slices& slices, std::size_t before) {
  const std::size_t most = keys(slices.back());
  std::size_t tokens = before;
  for (const NamedTensor& slice : slices) {
    tokens += queries(slice);
    const bool single = queries(slice) == 1;
    if (!single && &slice != &slices.front()) return false;
    const bool all = keys(slice) == tokens && (!single || tokens <= most);
    const bool last = single && keys(slice) == most && tokens > most;
    const bool room = keys(slice) == most && tokens < most;
    if (!all && !last && !(room && sees_nothing_behind(slice, tokens))) return false;
  }
  return true;
}

bool drops_keys(const Slices& slices, std::size_t before) {
  return keys(slices.back()) < before + rows_of(slices);
}

/// Whether each query of the prompt sees as many keys as a step, those up to its own.
bool prompt_has_window(const Slices& slices) {
  const NamedTensor& prompt = slices.front();
  const std::size_t window = keys(slices.back());
  if (queries(prompt) != keys(prompt) || queries(prompt) <= window) return false;
  for (std::size_t q = window; q < queries(prompt); ++q) {
    const Tensor row = prompt.tensor.at(2, q);
    const std::size_t first = q + 1 - window;
    const auto seen = row.slice(2, first, 1).to_doubles();
    const auto dropped = row.slice(2, 0, first).to_doubles();
    const auto is_zero = [](double weight) { return weight == 0; };
    if (std::all_of(seen.begin(), seen.end(), is_zero)) return false;
    if (!std::all_of(dropped.begin(), dropped.end(), is_zero)) return false;
  }
  return true;
}

}  // namespace

bool is_masked(std::span<const double> row) {
  if (row.size() < 2 || row.front() == 0) return false;
  return std::all_of(row.begin(), row.end(), [&](double weight) {
    return weight == row.front() || (std::isnan(weight) && std::isnan(row.front()));
  });
}

bool sees_no_later_key(const Slices& slices) {
  std::size_t row = 0;
  for (const NamedTensor& slice : slices) {
    for (std::size_t q = 0; q < queries(slice); ++q, ++row) {
      if (row + 1 > keys(slice) || reach(slice, q) > row + 1) return false;
    }
  }
  return true;
}

std::optional<std::size_t> held_before(const std::vector<Slices>& layers) {
  std::optional<std::size_t> before;
  for (const Slices& slices : layers) {
    const auto held = held_before(slices);
    if (!held || (before && *before != *held)) return std::nullopt;
    before = held;
  }
  return before;
}

std::optional<CacheWindow> cache_window(const std::vector<Slices>& layers) {
  CacheWindow window{0, 0, false};
  for (const Slices& slices : layers) {
    window.before = std::max(window.before, before_first(slices));
  }
  bool all_keep_the_last = true, some_keep_all = false;
  for (const Slices& slices : layers) {
    if (slices.size() < 2 || !is_of_cache(slices, window.before)) return std::nullopt;
    if (!drops_keys(slices, window.before)) {
      some_keep_all = true;
      continue;
    }
    window.keys = std::max(window.keys, keys(slices.back()));
    all_keep_the_last = all_keep_the_last && prompt_has_window(slices);
  }
  if (window.keys == 0) return std::nullopt;
  window.sliding = all_keep_the_last || some_keep_all;
  return window;
}

bool has_later_queries(const Slices& slices) {
  return std::any_of(slices.begin() + 1, slices.end(),
                     [](const NamedTensor& slice) { return queries(slice) > 1; });
}

bool is_of_a_cache(const Slices& slices) {
  if (slices.size() < 2) return false;
  if (has_same_keys(slices) && held_before(slices)) return true;
  return queries(slices.front()) > 1 && cache_window({slices});
}

bool sees_later_keys(const Slices& slices) {
  return std::any_of(slices.begin(), slices.end(), [](const NamedTensor& slice) {
    if (queries(slice) < 2 || keys(slice) <= queries(slice)) return false;
    const std::size_t own = keys(slice) - queries(slice) + 1;
    const auto later = slice.tensor.at(2, 0).slice(2, own, keys(slice) - own).to_doubles();
    return std::any_of(later.begin(), later.end(), [](double weight) { return weight != 0; });
  });
}

bool sees_as_far(const std::vector<Slices>& layers) {
  std::vector<std::size_t> far(layers.front().size(), 0);
  for (const Slices& slices : layers) {
    for (std::size_t s = 0; s < std::min(far.size(), slices.size()); ++s) {
      far[s] = std::max(far[s], reach(slices[s], queries(slices[s]) - 1));
    }
  }
  return std::all_of(far.begin(), far.end(), [&](std::size_t keys) { return keys == far[0]; });
}

}  // namespace attngraph
