#pragma once

#include <cstddef>

#include "options/common_options.hpp"
#include "writers/writer.hpp"

namespace attngraph {

/// The colours to use, by `--color`, then NO_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM and COLORTERM.
Color color_of(ColorMode mode, bool terminal);

/// Columns of the terminal behind a descriptor; 80 where there is none.
std::size_t terminal_width(bool terminal, int descriptor = 1);

}  // namespace attngraph
