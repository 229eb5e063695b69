#pragma once

#include <string>

namespace attngraph {

/// A note about characters of an SVG file that no font of this machine has, with a package that has
/// them; empty where there are none, or where nobody can be asked.
std::string missing_glyphs(const std::string& svg);

}  // namespace attngraph
