#include "output/needed_program.hpp"

#include <unistd.h>

#include <cstdlib>
#include <sstream>
#include <string>

#include "core/error.hpp"
#include "writers/formats.hpp"

namespace attngraph {
namespace {

/// Whether a shell would find it.
bool is_installed(const std::string& program) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "/usr/bin:/bin" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::string file = (folder.empty() ? "." : folder) + "/" + program;
    if (access(file.c_str(), X_OK) == 0) return true;
  }
  return false;
}

}  // namespace

void check_program(const Format& format) {
  const std::string program(format.needs.name);
  if (program.empty() || is_installed(program)) return;
  throw ArgumentError(
      "-o", std::string(format.name) + " is drawn by " + program + ", which is not installed",
      "install " + std::string(format.needs.package) +
          ", or write SVG, which needs nothing: -o x.svg");
}

}  // namespace attngraph
