#pragma once

#include <string>
#include <string_view>

namespace attngraph {

/// Refuses a text that no reader takes: a graph of another format by its name and with what
/// converts it, a table of numbers with what reads it in Python, anything else by how it begins.
/// @throws InputError always
[[noreturn]] void refuse_unknown(std::string_view text, const std::string& source);

}  // namespace attngraph
