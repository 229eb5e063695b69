#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace attngraph {

/// How the tokens of a vision transformer lie on its image: some tokens in front that are no
/// patches ([CLS], registers), then the patches row by row.
struct PatchGrid {
  std::size_t height = 0;
  std::size_t width = 0;
  /// Tokens before the first patch.
  std::size_t prefix = 0;
};

/// What is known of a grid beforehand; what is not given is found.
struct PatchGridRequest {
  struct Size {
    std::size_t height = 0;
    std::size_t width = 0;
  };
  std::optional<Size> size = {};
  std::optional<std::size_t> prefix = {};
};

/// The size that `text` means: `14x16` is 14 rows of 16 patches.
/// @throws ArgumentError ($grid) for another text
PatchGridRequest::Size grid_size_named(const std::string& text);

/// The grid of so many tokens. Without a size it is taken from labels `row,column`, else it is the
/// square of what the prefix leaves; without a prefix that is as many special tokens as stand in
/// front, else 0 or 1, whichever leaves a square.
/// @param labels one for each token, or none
/// @throws ArgumentError ($grid, $prefix) where the tokens do not fill such a grid, or none is
/// found
PatchGrid patch_grid(std::size_t tokens, const std::vector<std::string>& labels,
                     const PatchGridRequest& request);

/// Whether the request or labels `row,column` say that tokens are patches of an image.
bool says_patches(const std::vector<std::string>& labels, const PatchGridRequest& request);

/// `patches lie in a grid of 4 rows of 4, behind 1 other token`
std::string grid_text(const PatchGrid& grid);

}  // namespace attngraph
