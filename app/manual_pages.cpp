// Writes the manual pages into a folder, one file NAME.1.scd for each; run when the program is
// built.
#include <fstream>
#include <string>

#include "command.hpp"
#include "help/manual_page.hpp"

int main(int count, char** words) {
  if (count != 2) return 2;
  const auto write = [&](const std::string& name, const std::string& text) {
    std::ofstream file(std::string(words[1]) + "/" + name + ".1.scd", std::ios::binary);
    file << text;
    return file.flush().good();
  };
  bool written = write("attngraph", attngraph::program_manual_page());
  for (const auto& make : attngraph::command_makers()) {
    const auto command = make();
    written &= write("attngraph-" + command->manual().name, attngraph::manual_page(*command));
  }
  return written ? 0 : 4;
}
