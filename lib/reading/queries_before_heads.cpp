#include "reading/queries_before_heads.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "reading/some_places.hpp"

namespace attngraph {
namespace {

/// What some rows show of a stack [query, head, key].
struct Triangle {
  bool later_keys = false;    // a query sees a key behind its own place
  bool earlier_keys = false;  // one sees a key in front of it
  bool own_keys = true;       // each sees its own in some head
};

/// Whether a number behind `place` is not 0.
bool is_seen_behind(const std::vector<double>& row, std::size_t place) {
  const auto behind = row.begin() + static_cast<std::ptrdiff_t>(std::min(place + 1, row.size()));
  return std::any_of(behind, row.end(), [](double weight) { return weight != 0; });
}

bool is_seen_before(const std::vector<double>& row, std::size_t place) {
  const auto end = row.begin() + static_cast<std::ptrdiff_t>(place);
  return std::any_of(row.begin(), end, [](double weight) { return weight != 0; });
}

/// Of the rows of one query; `layer` is [query, head, key].
void look_at(const Tensor& layer, std::size_t query, Triangle& seen) {
  bool own = false;
  for (const std::size_t head : some_places(layer.shape()[1])) {
    const auto row = layer.at(0, query).at(0, head).to_doubles();
    seen.later_keys = seen.later_keys || is_seen_behind(row, query);
    seen.earlier_keys = seen.earlier_keys || is_seen_before(row, query);
    own = own || row[query] != 0;
  }
  seen.own_keys = seen.own_keys && own;
}

/// Whether every layer [query, head, key] is a triangle, as causal attention is.
bool is_causal_so(const std::vector<Tensor>& layers) {
  return std::all_of(layers.begin(), layers.end(), [](const Tensor& layer) {
    Triangle seen;
    for (const std::size_t query : some_places(layer.shape()[0])) {
      look_at(layer, query, seen);
      if (seen.later_keys || !seen.own_keys) return false;
    }
    return seen.earlier_keys;
  });
}

/// Whether some query of [head, query, key] sees a key that is later than any place it may have.
bool sees_later_keys(const Tensor& layer) {
  const std::size_t queries = layer.shape()[1];
  const std::size_t before = layer.shape()[2] - std::min(queries, layer.shape()[2]);
  for (const std::size_t head : some_places(layer.shape()[0])) {
    for (const std::size_t query : some_places(queries)) {
      const auto row = layer.at(0, head).at(0, query).to_doubles();
      if (is_seen_behind(row, before + query)) return true;
    }
  }
  return false;
}

}  // namespace

std::optional<Finding> queries_before_heads(const Reading& reading) {
  const Axes& axes = reading.axes;
  const bool with_heads = axes.size() > 2 && axes[axes.size() - 3] == Axis::head &&
                          axes[axes.size() - 2] == Axis::query && axes.back() == Axis::key;
  constexpr std::size_t fewest = 3;  // of fewer a triangle may be chance
  if (!with_heads || reading.heads() != reading.keys() || reading.keys() < fewest) {
    return std::nullopt;
  }
  // Read so, the sizes may make it cross-attention: any weight is then one of later keys.
  const bool causal = reading.queries() <= reading.keys() &&
                      std::none_of(reading.layers.begin(), reading.layers.end(), sees_later_keys);
  if (causal || !is_causal_so(reading.layers)) return std::nullopt;
  Axes other = axes;
  std::swap(other[other.size() - 3], other[other.size() - 2]);
  return Finding{
      "read as " + axes_text(axes) + " it is not causal, but as " + axes_text(other) +
          " no query sees a later key, and each its own: the queries lie before the "
          "heads",
      "$axes " + axes_option(other) + "; where it is right as read, $axes " + axes_option(axes)};
}

}  // namespace attngraph
