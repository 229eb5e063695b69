#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace attngraph {

/// Whether a list of texts of this name says what the axes of an array beside it are: `dims` of
/// xarray, `axes`.
inline bool names_axes(std::string_view path) {
  constexpr auto names =
      std::to_array<std::string_view>({"dims", "_dims", "axes", "axis_names", "axes_names",
                                       "dim_names", "dim_order", "axis_order", "dimensions"});
  const auto cut = path.find_last_of("./");
  const std::string_view part = cut == path.npos ? path : path.substr(cut + 1);
  return std::find(names.begin(), names.end(), part) != names.end();
}

/// The most axes that are told of.
constexpr std::size_t most_named_axes = 5;

}  // namespace attngraph
