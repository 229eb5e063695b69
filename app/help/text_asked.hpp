#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace attngraph {

/// The answer to a command line that wants no command's work: help, version, completion. Nothing
/// where it wants work.
/// @param width columns of the terminal
/// @throws ArgumentError for a shell or command that there is not
std::optional<std::string> text_asked(const std::vector<std::string>& arguments, std::size_t width);

}  // namespace attngraph
