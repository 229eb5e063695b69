#include "report/parts/token_choice.hpp"

#include <algorithm>
#include <charconv>

#include "core/error.hpp"

namespace attngraph {

std::size_t token_choice(const std::string& text, const std::vector<std::string>& labels,
                         const std::string& option) {
  const auto count = static_cast<long>(labels.size());
  long index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (error == std::errc{} && end == text.data() + text.size()) {
    if (index < -count || index >= count) {
      throw ArgumentError(option, "there is no token " + text + " among " + std::to_string(count),
                          "indices run from 0 to " + std::to_string(count - 1));
    }
    return static_cast<std::size_t>(index < 0 ? index + count : index);
  }
  std::string positions;
  std::size_t found = 0;
  std::size_t first = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] != text) continue;
    if (found++ == 0) first = i;
    positions += (positions.empty() ? "" : ", ") + std::to_string(i);
  }
  if (found == 0) {
    throw ArgumentError(option, "no token is '" + text + "'",
                        "give an index from 0 to " + std::to_string(count - 1) +
                            ", or a label as `attngraph inspect $verbose` lists them");
  }
  if (found > 1) {
    throw ArgumentError(
        option,
        "the token '" + text + "' occurs " + std::to_string(found) + " times, at " + positions,
        "give the index of the one you mean");
  }
  return first;
}

}  // namespace attngraph
