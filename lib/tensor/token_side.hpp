#pragma once

#include <string_view>

namespace attngraph {

/// Whose tokens a list is, as its name says: `left_text`, `tgt_tokens` and `query_tokens` are the
/// queries', `right_text`, `src_tokens` and `key_tokens` the keys'; nothing: of both.
enum class TokenSide { both, queries, keys };

/// By the last part of the name, without a number at its end.
TokenSide token_side(std::string_view name);

/// Whether that name is one of encoder and decoder (`src_tokens`), each of which may have attention
/// of its own.
bool names_a_text(std::string_view name);

/// The last part of a path, without the number of an input: `src_tokens` of `0.src_tokens_3`.
std::string_view list_name(std::string_view path);

}  // namespace attngraph
