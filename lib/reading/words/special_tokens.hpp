#pragma once

#include <string_view>

namespace attngraph {

/// Whether a token is one that a tokenizer adds: `[CLS]` and its like, `<s>` and its like, `<|…|>`;
/// not a byte (`<0x0A>`) or a text in angle brackets.
bool is_special(std::string_view token);

/// Whether a token is nothing but line breaks, as any of the tokenizers write them.
bool is_line_break(std::string_view token);

}  // namespace attngraph
