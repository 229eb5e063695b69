#include "output/option_notation.hpp"

#include <algorithm>
#include <string_view>

namespace attngraph {
namespace {

bool begins_option(const std::string& text, std::size_t dollar) {
  const bool apart =
      dollar == 0 || std::string_view(" `(").find(text[dollar - 1]) != std::string_view::npos;
  return apart && dollar + 1 < text.size() && text[dollar + 1] >= 'a' && text[dollar + 1] <= 'z';
}

std::size_t end_of_name(const std::string& text, std::size_t begin) {
  return std::min(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-", begin),
                  text.size());
}

}  // namespace

std::string in_dashes(const std::string& text) {
  std::string shown;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '$' || !begins_option(text, i)) {
      shown += text[i++];
      continue;
    }
    const std::size_t end = end_of_name(text, i + 1);
    const std::string name = text.substr(i + 1, end - i - 1);
    shown += name == "out" ? "-o" : "--" + name;
    i = end;
  }
  return shown;
}

}  // namespace attngraph
