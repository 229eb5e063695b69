#pragma once

#include <cstddef>
#include <string>

#include "options/options.hpp"

namespace attngraph {

class Command;

/// What a command declares, its own options first, then the common ones.
Declarations declarations_of(Command& command);

/// What `attngraph --help` shows.
/// @param width columns of the terminal
std::string general_help(std::size_t width);

/// What `attngraph COMMAND -h` shows, one screen at 80 columns: what the command answers, examples,
/// its own options, what its columns mean. Or everything, as `attngraph help COMMAND` does.
/// @param width columns of the terminal
std::string command_help(Command& command, HelpExtent extent, std::size_t width);

/// One line; with `verbose` the versions of what it is built on.
std::string version_text(bool verbose);

}  // namespace attngraph
