// Writes, into a folder, the manual page of each command (NAME.1.scd) and the schema of its JSON
// (NAME.schema.json); run when the program is built.
#include <fstream>
#include <string>

#include "command.hpp"
#include "help/json_schema.hpp"
#include "help/manual_page.hpp"

int main(int count, char** words) {
  if (count != 2) return 2;
  const auto write = [&](const std::string& name, const std::string& text) {
    std::ofstream file(std::string(words[1]) + "/" + name, std::ios::binary);
    file << text;
    return file.flush().good();
  };
  bool written = write("attngraph.1.scd", attngraph::program_manual_page());
  for (const auto& make : attngraph::command_makers()) {
    const auto command = make();
    const std::string name = "attngraph-" + command->manual().name;
    written &= write(name + ".1.scd", attngraph::manual_page(*command));
    const std::string schema = attngraph::json_schema(*command);
    if (!schema.empty()) written &= write(name + ".schema.json", schema);
  }
  return written ? 0 : 4;
}
