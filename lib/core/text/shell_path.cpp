#include "core/text/shell_path.hpp"

#include <algorithm>
#include <cctype>

namespace attngraph {

bool is_plain_word(std::string_view text) {
  constexpr std::string_view harmless = "/._-+:,@%";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](unsigned char c) {
    return c >= 0x80 || std::isalnum(c) != 0 || harmless.find(static_cast<char>(c)) != text.npos;
  });
}

std::string in_shell_quotes(std::string_view text) {
  std::string word = "'";
  for (const char c : text) {
    if (c == '\'') word += "'\\'";
    word += c;
  }
  return word + "'";
}

std::string shell_path(std::string_view path) {
  return is_plain_word(path) ? std::string(path) : in_shell_quotes(path);
}

}  // namespace attngraph
