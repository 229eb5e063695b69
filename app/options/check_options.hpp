#pragma once

#include <vector>

#include "options/options.hpp"

namespace attngraph {

struct CommonOptions;
struct Manual;

/// The options that name a file to be read.
std::vector<GivenOption> files_to_read(const Parsed& parsed);

/// Refuses common options that would be without effect, for what the command line says alone.
/// @throws ArgumentError
void check_options(const CommonOptions& common, const Parsed& parsed, const Manual& manual);

}  // namespace attngraph
