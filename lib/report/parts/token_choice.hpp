#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace attngraph {

/// The position that `text` (what the user wrote for `option`) means: an index (negative from the
/// end), the label of one token, or `last`. `#1` is an index and `=1` a label, where both exist;
/// `q:#1` and `k:#1` are indices among the queries and the keys, where these are different nodes.
/// @throws ArgumentError where the index is outside, no token has the label, several have it, or
/// index and label are different tokens (the text lists what there is)
std::size_t token_choice(const std::string& text, const std::vector<std::string>& labels,
                         const std::string& option);

/// Whether `text` is `word` (`mean`, `all`), or `#mean` where a token is called so too.
/// @throws ArgumentError for the bare word where a token is called so
bool means_word(const std::string& text, std::string_view word,
                const std::vector<std::string>& labels, const std::string& option);

}  // namespace attngraph
