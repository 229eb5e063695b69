#include "core/text/wrapped_text.hpp"

#include <algorithm>

#include "core/text/text.hpp"

namespace attngraph {
namespace {

/// Bytes at the beginning of `text` that fill one line; one character at least.
std::size_t line_length(std::string_view text, std::size_t columns, LongWords long_words) {
  std::size_t width = 0;
  std::size_t last_space = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t at = text.size() - rest.size();
    if (rest.front() == ' ') last_space = at;
    std::size_t taken = 0;
    take_cluster(rest, taken);
    width += taken;
    if (width <= columns) continue;
    if (text[at] == ' ') return at;
    if (last_space > 0) return last_space;
    if (long_words == LongWords::stay) return std::min(text.find(' '), text.size());
    return at > 0 ? at : text.size() - rest.size();
  }
  return text.size();
}

}  // namespace

std::vector<std::string> wrapped_text(std::string_view text, std::size_t columns,
                                      LongWords long_words) {
  std::vector<std::string> lines;
  do {
    const std::size_t length = line_length(text, columns, long_words);
    lines.emplace_back(text.substr(0, length));
    text.remove_prefix(length);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  } while (!text.empty());
  return lines;
}

}  // namespace attngraph
