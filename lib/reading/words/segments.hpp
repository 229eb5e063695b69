#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/named_range.hpp"
#include "reading/words/grouping.hpp"

namespace attngraph {

/// Named ranges of tokens, both ends included: `system:0-5,context:6-20,21-30`; a range without a
/// name is called after itself. Tokens in no range are the last node, `rest`.
/// @throws ArgumentError where a range is not understood, outside, or overlaps another, and where
///   two nodes would have one name
Grouping segments(std::string_view text, std::size_t tokens);
Grouping segments(const std::vector<NamedRange>& ranges, std::size_t tokens);

/// Sentences `s0`, `s1`, …: each ends behind a token that ends in `.`, `!`, `?`, `…`, `。` or a
/// line break, and those that follow it at once. Special tokens belong to the sentence before them,
/// in front of the first one to that.
Grouping sentences(const std::vector<std::string>& tokens);

}  // namespace attngraph
