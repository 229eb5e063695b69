#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/named_range.hpp"

namespace attngraph {

class Attention;

/// A text that is a prompt and the response to it.
struct PromptSplit {
  /// For each token 0 in the prompt, from 1 on in the response, -1 behind that.
  std::vector<std::int32_t> part;
  /// How many tokens the response has.
  std::size_t response = 0;
};

/// The response begins at the token that `text` means and goes on to the end; where the text is in
/// parts it is the part of that name. The prompt is what stands before it.
/// @param parts may be none
/// @param option what the user wrote `text` for
/// @throws ArgumentError where there is no such token or part, or the prompt would be empty
PromptSplit prompt_split(const Attention& attention, const std::string& text,
                         const std::vector<NamedRange>& parts, const std::string& option);

}  // namespace attngraph
