#include "reading/words/special_tokens.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "core/text/text.hpp"

namespace attngraph {
namespace {

/// What stands between the angle brackets of a tokenizer's own tokens.
bool is_tokenizer_name(std::string_view name) {
  constexpr std::array<std::string_view, 16> names{"s",   "/s",      "pad",   "unk",  "mask", "cls",
                                                   "sep", "bos",     "eos",   "eod",  "eop",  "eot",
                                                   "eoh", "newline", "image", "video"};
  if (std::find(names.begin(), names.end(), name) != names.end()) return true;
  for (const std::string_view begin : {"extra_id_", "unused", "special_", "reserved_", "start_of_",
                                       "end_of_", "begin_of_", "madeupword", "image_", "pad_"}) {
    if (name.starts_with(begin)) return true;
  }
  return false;
}

}  // namespace

bool is_special(std::string_view token) {
  if (token.size() < 3) return false;
  const std::string_view inside = token.substr(1, token.size() - 2);
  if (token.front() == '<' && token.back() == '>') {
    for (const std::string_view bar : {"|", "\uff5c"}) {
      const bool barred = inside.size() > 2 * bar.size();
      if (barred && inside.starts_with(bar) && inside.ends_with(bar)) return true;
    }
    return is_tokenizer_name(lower_case(inside));
  }
  if (token.front() != '[' || token.back() != ']') return false;
  if (inside.starts_with("unused")) return true;
  return std::all_of(inside.begin(), inside.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool is_line_break(std::string_view token) {
  if (token == "<0x0A>" || token == "<0x0D>") return true;
  constexpr std::array<std::string_view, 4> breaks{"\n", "\r", "\u010a", "\u010d"};
  const std::size_t all = token.size();
  while (!token.empty()) {
    const auto found = std::find_if(breaks.begin(), breaks.end(),
                                    [&](std::string_view text) { return token.starts_with(text); });
    if (found == breaks.end()) return false;
    token.remove_prefix(found->size());
  }
  return all > 0;
}

}  // namespace attngraph
