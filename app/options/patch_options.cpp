#include "options/patch_options.hpp"

#include "command.hpp"
#include "core/error.hpp"
#include "input/image_file.hpp"
#include "options/options.hpp"

namespace attngraph {

void PatchOptions::declare(OptionTable& options) {
  options.parsed(
      "--grid", "HxW", "from labels row,column, else a square",
      [this](const std::string& text) { grid.size = grid_size_named(text); },
      "rows and columns of the patches of an image, for a picture of --target");
  options.count("--prefix", grid.prefix, "tokens in front that are no patches: [CLS], registers");
  options.text("--image", image, "the image itself, PNG or JPEG, to lie under the picture", "FILE");
}

PatchPicture PatchOptions::picture(const Limits& limits) const {
  return {grid, image_file(image, limits)};
}

void check_patches(const Asked& asked, const std::string& target) {
  if (!is_seen(asked.form())) {
    asked.refuse({"grid", "prefix", "image"}, "is about a picture over the patches of an image",
                 "write one with --target TOKEN -o row.svg");
  } else if (target.empty() || target == "all") {
    asked.refuse({"grid", "prefix", "image"}, "is about one output over the patches of an image",
                 "--target 0 asks about the first token");
  }
}

}  // namespace attngraph
