#pragma once

#include <string>

namespace attngraph {

/// `text` without its middle where it is longer than anybody reads, 4,096 bytes; what a message
/// quotes from a file may have any length.
std::string bounded(const std::string& text);

}  // namespace attngraph
