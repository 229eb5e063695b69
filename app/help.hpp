#pragma once

#include <memory>
#include <string>
#include <vector>

#include "command.hpp"

namespace attngraph {

/// A new command of that name.
/// @throws ArgumentError with the nearest name where there is none
std::unique_ptr<Command> command_named(const std::string& name);

/// What `attngraph --help` shows.
std::string general_help();

/// The head of a command's help: its sentence and its examples.
std::string help_head(const Manual& manual);

/// One line; with `verbose` the versions of what it is built on.
std::string version_text(bool verbose);

/// A completion script for `bash`, `zsh` or `fish`.
/// @throws ArgumentError for another shell
std::string completion_script(const std::string& shell);

}  // namespace attngraph
