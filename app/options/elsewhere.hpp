#pragma once

#include <string>

namespace attngraph {

/// `centrality, flow, graph and 4 more have it`: the commands with an option of this name, such as
/// `--direction`; empty where none has it.
std::string commands_with(const std::string& option);

}  // namespace attngraph
