#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "options/common_options.hpp"

namespace attngraph {

/// The names in a list, one a line (ending in LF or CR LF), or with NUL between them.
std::vector<std::string> names_in(const std::string& list);

/// The inputs the command line names; where it names none, `-`, or an empty name for a command
/// whose input options name.
/// @throws IoError where the list cannot be read, ArgumentError where it names nothing
std::vector<std::string> input_names(const CommonOptions& common, InputKind kind, std::istream& in);

/// Those of the inputs that a shard answers.
std::vector<std::string> share_of(const std::vector<std::string>& names, const Shard& shard);

}  // namespace attngraph
