#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace attngraph {

/// What `attngraph explain --help` shows.
std::string explain_help(std::size_t width);

/// What it can be asked about: columns, numbers below rows, and kinds of heads, in order.
std::vector<std::string> explained_names();

/// What `attngraph explain NAME…` shows: for each name every column, number and kind of head that
/// is called so, with its formula and paper. `heads.entropy` is the one of a command; the name of a
/// command lists all of its columns, too.
/// @param width columns of the terminal
/// @throws ArgumentError where there is no name, or nothing is called so
std::string explanation(const std::vector<std::string>& names, std::size_t width);

}  // namespace attngraph
