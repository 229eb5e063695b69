#pragma once

#include <cstddef>
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
/// @param width columns of the terminal
std::string demo_help(std::size_t width);

/// Writes them into the current folder and shows five commands to try.
/// @throws ArgumentError for words behind `demo`, and where a file is there already
void demo(const std::vector<std::string>& arguments, Disk& disk, std::ostream& out);

}  // namespace attngraph
