#pragma once

#include <string>
#include <vector>

namespace attngraph {

/// Labels of the tokens that a command line asks about, read from `tokens` (`FILE` or `FILE:NAME`),
/// else from `input`. Nothing where they cannot be read, or not in a moment.
std::vector<std::string> labels_at_hand(const std::string& tokens, const std::string& input);

}  // namespace attngraph
