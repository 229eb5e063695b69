#pragma once

#include <string>
#include <utility>
#include <vector>

namespace attngraph {

/// The libraries that compute the answers, each with its version.
std::vector<std::pair<std::string, std::string>> library_versions();

}  // namespace attngraph
