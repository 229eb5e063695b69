#pragma once

#include <cstddef>
#include <string_view>

namespace attngraph {

/// How a list of tokens says which arrays it is of: `dog.tokens`, `dog_tokens`, `tokens_dog` and
/// `tokens.dog` are those of what is called `dog`; `0.0`, a text within a list, of `0.1` beside it.
enum class OwnerPlace { folder, word, none };

/// By its name: in the folder alone, in a word beside what names tokens, or nowhere, since no part
/// of the name names tokens.
OwnerPlace owner_place(std::string_view list);

/// The part of the name that names tokens: `left_text` of `dog.left_text_0` and `dog_left_text`;
/// else the last part, without the number of an input.
std::string_view token_word(std::string_view list);

/// How much the names of a list of tokens and of an array have in common of what says whose they
/// are.
struct Kinship {
  std::size_t length = 0;
  /// All that the list's name says.
  bool whole = false;
};

Kinship kinship(std::string_view list, std::string_view array);

}  // namespace attngraph
