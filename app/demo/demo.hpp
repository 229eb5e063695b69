#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace attngraph {

class Disk;

struct DemoFile {
  std::string name;
  std::string_view content;
};

/// The bundled sentence through MiniLM: its attention and its tokens.
const std::vector<DemoFile>& demo_files();

/// What `attngraph help demo` shows.
inline constexpr const char* demo_help =
    "attngraph demo writes cats.npy and cats.json, the attention and the tokens of a sentence, "
    "into "
    "the\ncurrent folder, and shows five commands to try.\n";

/// Writes them into the current folder and shows five commands to try.
/// @throws ArgumentError for words behind `demo`, and where a file is there already
void demo(const std::vector<std::string>& arguments, Disk& disk, std::ostream& out);

}  // namespace attngraph
