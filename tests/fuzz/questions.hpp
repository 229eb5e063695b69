#pragma once

#include <string>

namespace attngraph::test {

/// Asks what the bytes say of the tiny arrays that they are (asked_question), through everything
/// between the command line and the writer, igraph too. Nothing is opened.
void use_question(std::string bytes);

/// A whole command line, a word a line, in a folder with a few small files. No word names another
/// folder, and what is written goes before the next one.
void use_command_line(std::string bytes);

/// The same with words that some command knows.
std::string other_command_line(const std::string& input, unsigned seed);

}  // namespace attngraph::test
