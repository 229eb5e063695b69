#pragma once

#include <string>

namespace attngraph {

/// What Graphviz makes of `dot_text`: runs its program `dot`, without a shell.
/// @param format a name that `dot -T` takes: `svg`, `png`
/// @throws IoError where there is no such program, or it fails
std::string graphviz_drawing(const std::string& dot_text, const std::string& format);

}  // namespace attngraph
