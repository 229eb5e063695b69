#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "reading/patch_grid.hpp"
#include "report/answer/picture.hpp"

namespace attngraph {

class Sink;

/// How one token's values over all tokens become a picture of the image: one cell for each patch.
class PatchRow {
 public:
  /// Says in a note where the patches lie.
  /// @param labels one for each token of the row, or none
  /// @throws ArgumentError where the tokens do not fill a grid (patch_grid)
  PatchRow(std::size_t tokens, const std::vector<std::string>& labels,
           const PatchGridRequest& request, Sink& sink);

  /// The picture's shape and axes, without panels.
  void frame(Picture& picture) const;
  /// The values of the patches, row by row. @param row one value for each token
  Panel panel(std::string title, std::span<const double> row) const;
  /// Panels side by side in one colour scale.
  Picture picture(std::string title, std::vector<Panel> panels) const;

 private:
  PatchGrid grid_;
};

}  // namespace attngraph
