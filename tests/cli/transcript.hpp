#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace attngraph::test {

/// A command as a user types it and everything it then shows: standard error, standard output, and
/// a last line `[status N]` where that is not 0.
struct Run {
  std::string command;
  std::string shown;
};

/// What a command line of attngraph shows, run in this process from the project's root. Several
/// may be joined by ` | `.
std::string shown_in_process(const std::string& command);

/// What any command line shows in a terminal of so many columns, run by a shell in `folder`, with
/// attngraph on its PATH: what it says on standard error, then the rest, without colour.
std::string shown_by_shell(const std::string& command, const std::string& folder,
                           std::size_t columns = 80);

/// The words of a command line; '…' and "…" quote, a backslash outside '…' takes the next
/// character as it is.
std::vector<std::string> words(const std::string& command);

std::string file_text(const std::string& path);
void write_file(const std::string& path, const std::string& text);

/// `make rebase` asks for expected texts to be written anew instead of compared.
bool rebasing();

}  // namespace attngraph::test
