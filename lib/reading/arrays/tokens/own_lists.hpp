#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tensor/dump.hpp"

namespace attngraph {

/// How many tokens attention has on each side.
struct TokenCounts {
  std::size_t queries, keys;
};

/// The list that says by its name, more than the others, that it is of the array of this name: in
/// the same object (`dog.tokens` of `dog.attn`), with the same word (`dog_tokens`) or number; those
/// first that are as long. A list that has more in common with another array of the kind is that
/// one's. Null where all are of others, or have nothing in common with one array more than others.
const NamedTokens* own_list(const Dump& dump, const std::vector<NamedTokens>& lists,
                            const std::string& array, const TokenCounts& counts);

/// Whether the list of that name has more in common with another array of the kind than with this.
bool is_of_another(const Dump& dump, const std::string& list, const std::string& array);

}  // namespace attngraph
