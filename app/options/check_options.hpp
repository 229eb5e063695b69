#pragma once

namespace attngraph {

struct CommonOptions;
struct Manual;
struct Parsed;

/// Refuses common options that would be without effect, for what the command line says alone.
/// @throws ArgumentError
void check_options(const CommonOptions& common, const Parsed& parsed, const Manual& manual);

}  // namespace attngraph
