#include "output/option_notation.hpp"

#include <algorithm>
#include <string_view>

namespace attngraph {
namespace {

/// Where the option ends whose `$` stands at `dollar`; there where none begins.
std::size_t end_of_option(const std::string& text, std::size_t dollar) {
  using namespace std::string_view_literals;
  const bool apart = dollar == 0 || " `("sv.find(text[dollar - 1]) != std::string_view::npos;
  const bool letter =
      dollar + 1 < text.size() && text[dollar + 1] >= 'a' && text[dollar + 1] <= 'z';
  if (text[dollar] != '$' || !apart || !letter) return dollar;
  const std::size_t end = std::min(
      text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-", dollar + 1), text.size());
  return end == text.size() || " ,:)`"sv.find(text[end]) != std::string_view::npos ? end : dollar;
}

}  // namespace

bool begins_with_option(const std::string& text) {
  return !text.empty() && end_of_option(text, 0) > 0;
}

std::string in_dashes(const std::string& text) {
  std::string shown;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = end_of_option(text, i);
    if (end == i) {
      shown += text[i++];
      continue;
    }
    const std::string name = text.substr(i + 1, end - i - 1);
    shown += name == "out" ? "-o" : "--" + name;
    i = end;
  }
  return shown;
}

}  // namespace attngraph
