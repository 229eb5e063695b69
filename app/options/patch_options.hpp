#pragma once

#include <string>

#include "core/limits.hpp"
#include "reading/patch_grid.hpp"
#include "report/drawn/patch_row.hpp"

namespace attngraph {

class Asked;
class OptionTable;

/// `--grid`, `--prefix` and `--image`: how the tokens of an image lie on it.
struct PatchOptions {
  PatchGridRequest grid;
  /// The file.
  std::string image;

  void declare(OptionTable& options);
  /// @throws InputError, IoError, LimitError where the image cannot be taken
  PatchPicture picture(const Limits& limits) const;
};

/// For an answer through layers: only a picture of one output has a grid. @throws ArgumentError
void check_patches(const Asked& asked, const std::string& target);

}  // namespace attngraph
