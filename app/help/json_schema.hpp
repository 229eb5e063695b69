#pragma once

#include <string>

namespace attngraph {

class Command;

/// The JSON Schema of what a command writes with --json, made from the columns that it declares;
/// empty for a command that writes no rows.
std::string json_schema(Command& command);

}  // namespace attngraph
