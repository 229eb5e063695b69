#include "core/text/place.hpp"

#include "core/text/shell_path.hpp"
#include "core/text/text.hpp"

namespace attngraph {

std::string called(std::string_view name) {
  constexpr std::size_t widest_name = 80;
  return shown_label(name, widest_name);
}

std::string within(const std::string& where, std::string_view name) {
  return name.empty() ? where : where + ": " + called(name);
}

std::string shell_word(std::string_view name) {
  constexpr std::size_t longest_name = 120, end = 40;
  const auto goes_on = [&](std::size_t i) { return (name[i] & '\xc0') == '\x80'; };
  std::string shown(name);
  if (name.size() > longest_name) {
    std::size_t head = end, tail = name.size() - end;
    while (head > 0 && goes_on(head)) --head;
    while (tail < name.size() && goes_on(tail)) ++tail;
    shown = std::string(name.substr(0, head)) + "*" + std::string(name.substr(tail));
  }
  return in_shell_quotes(shown);
}

}  // namespace attngraph
