#pragma once

#include <memory>
#include <string>
#include <vector>

namespace attngraph {

class Command;

/// Every word that may stand first, those of help and completion too.
std::vector<std::string> first_words();

/// A new command of that name; null where there is none.
std::unique_ptr<Command> find_command(const std::string& name);

/// What is wrong with a first word that is no command, and what was likely meant.
/// @throws ArgumentError always
[[noreturn]] void refuse_first_word(const std::vector<std::string>& arguments);

}  // namespace attngraph
