#pragma once

#include <optional>
#include <string>

#include "reading/arrays/families.hpp"

namespace attngraph {

/// Arrays that a file option names, with the option.
struct NamedArrays {
  const Family& arrays;
  std::string option;
  std::string source;
};

/// Why arrays cannot go together, an array of one with that of the other at its place; nothing
/// where their names say nothing of the kind.
struct OtherLayers {
  std::string what;
  std::string cure;
};

/// The names number other layers, or are of other modules: of encoder and decoder, of self- and
/// cross-attention. Numbers of heads may differ, for query heads share key heads.
/// @param cross queries of one text may ask keys of another
std::optional<OtherLayers> other_layers(const NamedArrays& first, const NamedArrays& second,
                                        bool cross);

/// @throws InputError where there are such
void require_same_layers(const NamedArrays& first, const NamedArrays& second, bool cross);

}  // namespace attngraph
