#include "reading/patch_grid.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/error.hpp"
#include "reading/words/special_tokens.hpp"

namespace attngraph {
namespace {

/// Two whole numbers with `between` between them and nothing else.
std::optional<PatchGridRequest::Size> two_numbers(const std::string& text, char between) {
  PatchGridRequest::Size size;
  const char* end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, size.height);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != between) return std::nullopt;
  const auto second = std::from_chars(first.ptr + 1, end, size.width);
  if (second.ec != std::errc{} || second.ptr != end) return std::nullopt;
  return size;
}

std::optional<std::size_t> side_of_square(std::size_t patches) {
  const auto side = static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(patches))));
  return side >= 2 && side * side == patches ? std::optional(side) : std::nullopt;
}

/// The grid that labels `row,column` count through, behind those that are no such label; nothing
/// where no label is one.
std::optional<PatchGrid> labelled_grid(const std::vector<std::string>& labels) {
  PatchGrid grid;
  while (grid.prefix < labels.size() && !two_numbers(labels[grid.prefix], ',')) ++grid.prefix;
  if (grid.prefix == labels.size()) return std::nullopt;
  for (const std::string& label : labels) {
    const auto place = two_numbers(label, ',').value_or(PatchGridRequest::Size{});
    grid.height = std::max(grid.height, place.height + 1);
    grid.width = std::max(grid.width, place.width + 1);
  }
  for (std::size_t i = grid.prefix; i < labels.size(); ++i) {
    const auto place = two_numbers(labels[i], ',');
    const std::size_t patch = i - grid.prefix;
    if (!place || place->width >= grid.width ||
        place->height * grid.width + place->width != patch) {
      throw ArgumentError("$grid",
                          "label '" + labels[i] + "' is not that of patch " +
                              std::to_string(patch) + " where patches go row by row",
                          "where they do all the same, say $grid 14x16");
    }
  }
  return grid;
}

std::size_t special_in_front(const std::vector<std::string>& labels) {
  std::size_t count = 0;
  while (count < labels.size() && is_special(labels[count])) ++count;
  return count;
}

std::optional<PatchGrid> square_behind(std::size_t tokens, std::size_t prefix) {
  if (prefix >= tokens) return std::nullopt;
  const auto side = side_of_square(tokens - prefix);
  return side ? std::optional(PatchGrid{*side, *side, prefix}) : std::nullopt;
}

PatchGrid found_square(std::size_t tokens, const std::vector<std::string>& labels,
                       std::optional<std::size_t> prefix) {
  std::vector<std::size_t> prefixes{special_in_front(labels), 0, 1};
  if (prefix) prefixes = {*prefix};
  for (const std::size_t in_front : prefixes) {
    if (const auto grid = square_behind(tokens, in_front)) return *grid;
  }
  throw ArgumentError("$grid",
                      std::to_string(tokens) + " tokens are no square of patches behind " +
                          (prefix ? std::to_string(*prefix) : "0 or 1") + " others",
                      "give the rows and columns of patches, $grid 14x16, and the tokens in front "
                      "that are no patches, $prefix 5");
}

PatchGrid given_grid(std::size_t tokens, const PatchGridRequest& request) {
  const auto [height, width] = *request.size;
  const std::size_t patches = height * width;
  if (patches > tokens || (request.prefix && *request.prefix + patches != tokens)) {
    throw ArgumentError(
        "$grid",
        std::to_string(height) + "x" + std::to_string(width) + " are " + std::to_string(patches) +
            " patches, but there are " + std::to_string(tokens) + " tokens" +
            (request.prefix ? ", " + std::to_string(*request.prefix) + " of them in front" : ""),
        "$prefix N says how many tokens stand before the first patch");
  }
  return {height, width, tokens - patches};
}

}  // namespace

PatchGridRequest::Size grid_size_named(const std::string& text) {
  const auto size = two_numbers(text, 'x');
  constexpr std::size_t most = 1 << 16;
  if (!size || size->height == 0 || size->width == 0 || size->height > most || size->width > most) {
    throw ArgumentError("$grid",
                        "'" + text + "' is no grid, expected rows x columns such as 14x16");
  }
  return *size;
}

PatchGrid patch_grid(std::size_t tokens, const std::vector<std::string>& labels,
                     const PatchGridRequest& request) {
  if (request.size) return given_grid(tokens, request);
  const auto labelled = labelled_grid(labels);
  if (labelled && request.prefix.value_or(labelled->prefix) == labelled->prefix) return *labelled;
  return found_square(tokens, labels, request.prefix);
}

bool says_patches(const std::vector<std::string>& labels, const PatchGridRequest& request) {
  return request.size || request.prefix || labelled_grid(labels);
}

std::string grid_text(const PatchGrid& grid) {
  const std::string behind = grid.prefix == 0 ? ""
                             : grid.prefix == 1
                                 ? ", behind 1 other token"
                                 : ", behind " + std::to_string(grid.prefix) + " other tokens";
  return "patches lie in a grid of " + std::to_string(grid.height) + " rows of " +
         std::to_string(grid.width) + behind;
}

}  // namespace attngraph
