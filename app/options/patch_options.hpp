#pragma once

#include <string>

#include "reading/patch_grid.hpp"

namespace attngraph {

class Asked;
class OptionTable;

/// `--grid` and `--prefix`: how the tokens of an image lie on it.
void declare_patches(OptionTable& options, PatchGridRequest& grid);

/// For an answer through layers: a picture shows one output over the patches, and only a picture
/// has a grid. @throws ArgumentError
void check_patches(const Asked& asked, const std::string& target);

}  // namespace attngraph
