#pragma once

#include <string>
#include <vector>

#include "options/declared_option.hpp"

namespace attngraph {

/// Refuses words of the command line that the parser would take for something else than was meant:
/// `--out= a.npy`, whose empty value it looks for in the next word, which may be an input that it
/// would write over; `-o --csv`, which names a file; `-o=x.csv`; a flag with a value.
/// @throws ArgumentError
void check_given_words(const std::vector<std::string>& arguments,
                       const std::vector<DeclaredOption>& declared);

}  // namespace attngraph
