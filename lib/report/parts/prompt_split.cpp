#include "report/parts/prompt_split.hpp"

#include <algorithm>

#include "attention/attention.hpp"
#include "attention/parts/parts.hpp"
#include "core/error.hpp"
#include "report/parts/token_places.hpp"

namespace attngraph {
namespace {

/// The tokens of the parts that `text` names.
std::vector<bool> named_parts(const Attention& attention, const std::string& text,
                              const std::vector<NamedRange>& ranges, const std::string& option) {
  const Parts parts = parts_of(attention, {ranges, false});
  const std::vector<bool> named = parts.chosen(text, option);
  std::vector<bool> inside;
  for (const std::int32_t part : parts.keys) {
    inside.push_back(part >= 0 && named[static_cast<std::size_t>(part)]);
  }
  return inside;
}

/// All tokens from the one that `text` means.
std::vector<bool> from_token(const Attention& attention, const std::string& text,
                             const std::string& option) {
  const std::size_t first = TokenPlaces::of_keys(attention).token_from(text, option);
  std::vector<bool> inside(attention.keys(), true);
  std::fill_n(inside.begin(), first, false);
  return inside;
}

}  // namespace

PromptSplit prompt_split(const Attention& attention, const std::string& text,
                         const std::vector<NamedRange>& parts, const std::string& option) {
  const std::vector<bool> inside = parts.empty() ? from_token(attention, text, option)
                                                 : named_parts(attention, text, parts, option);
  PromptSplit split;
  for (const bool response : inside) {
    if (response) ++split.response;
    const bool behind = !response && split.response > 0;
    split.part.push_back(behind ? -1 : response ? static_cast<std::int32_t>(split.response) : 0);
  }
  if (split.response == 0) {
    throw ArgumentError(option, "no token of '" + text + "' is left");
  }
  if (split.part.front() != 0) {
    throw ArgumentError(option, "'" + text + "' begins at the first token, so there is no prompt",
                        "name the first token of the response");
  }
  return split;
}

}  // namespace attngraph
