#include "output/terminal.hpp"

#include <sys/ioctl.h>

#include <cstdlib>
#include <string>

namespace attngraph {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

bool wanted(ColorMode mode, bool terminal) {
  if (mode != ColorMode::automatic) return mode == ColorMode::always;
  if (!variable("NO_COLOR").empty()) return false;
  const std::string force = variable("CLICOLOR_FORCE");
  if (!force.empty() && force != "0") return true;
  return terminal && variable("CLICOLOR") != "0" && variable("TERM") != "dumb";
}

}  // namespace

Color color_of(ColorMode mode, bool terminal) {
  if (!wanted(mode, terminal)) return Color::none;
  const std::string depth = variable("COLORTERM");
  return depth == "truecolor" || depth == "24bit" ? Color::truecolor : Color::palette256;
}

std::size_t terminal_width(bool terminal, int descriptor) {
  winsize size = {};
  if (terminal && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    return size.ws_col;
  }
  return 80;
}

}  // namespace attngraph
