#include "core/text/shell_path.hpp"

#include <algorithm>
#include <cctype>

namespace attngraph {

std::string shell_path(std::string_view path) {
  constexpr std::string_view harmless = "/._-+:,@%";
  const bool plain = !path.empty() && std::all_of(path.begin(), path.end(), [&](unsigned char c) {
    return c >= 0x80 || std::isalnum(c) != 0 || harmless.find(static_cast<char>(c)) != path.npos;
  });
  if (plain) return std::string(path);
  std::string word = "'";
  for (const char c : path) word += c == '\'' ? "'\\''" : std::string(1, c);
  return word + "'";
}

}  // namespace attngraph
