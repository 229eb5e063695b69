#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "reading/patch_grid.hpp"
#include "report/answer/picture.hpp"

namespace attngraph {

class Sink;

/// What a picture over the patches of an image is asked for.
struct PatchPicture {
  PatchGridRequest grid;
  /// A PNG or JPEG file to lie under it; empty where there is none.
  std::string image;
};

/// Whether a picture over the patches is meant, and not one over tokens of a text.
inline bool over_patches(const std::vector<std::string>& labels, const PatchPicture& request) {
  return !request.image.empty() || says_patches(labels, request.grid);
}

/// How one token's values over all tokens become a picture of the image: one cell for each patch.
class PatchRow {
 public:
  /// Says in a note where the patches lie.
  /// @param labels one for each token of the row, or none
  /// @throws ArgumentError where the tokens do not fill a grid (patch_grid)
  PatchRow(std::size_t tokens, const std::vector<std::string>& labels, const PatchPicture& request,
           Sink& sink);

  /// The shape, axes and image, without panels.
  void frame(HeatMap& map) const;
  /// The values of the patches, row by row. @param row one value for each token
  Panel panel(std::string title, std::span<const double> row) const;
  /// Panels side by side in one colour scale.
  /// @param value_name what a value is
  Picture picture(std::string title, std::string value_name, std::vector<Panel> panels) const;

 private:
  PatchGrid grid_;
  std::string image_;
};

}  // namespace attngraph
