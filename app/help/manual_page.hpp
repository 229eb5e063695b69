#pragma once

#include <string>

namespace attngraph {

class Command;

/// The manual page of a command, attngraph-NAME(1), as scdoc reads it: all that its help says.
std::string manual_page(Command& command);

/// The manual page of the program, attngraph(1).
std::string program_manual_page();

}  // namespace attngraph
