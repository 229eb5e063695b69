#pragma once

#include <string_view>

namespace attngraph {

/// Whose tokens a list is, as its name says: `left_text`, `tgt_tokens` and `query_tokens` are the
/// queries', `right_text`, `src_tokens` and `key_tokens` the keys'; nothing: of both.
enum class TokenSide { both, queries, keys };

/// By the part of the name that names tokens.
TokenSide token_side(std::string_view name);

/// Whether that name is one of encoder and decoder (`src_tokens`), each of which may have attention
/// of its own.
bool names_a_text(std::string_view name);

/// Whether a word is what lists of tokens are called: `tokens`, `words`, `src_tokens`.
bool names_tokens(std::string_view word);

}  // namespace attngraph
