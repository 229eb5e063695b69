#pragma once

#include <cstddef>
#include <vector>

#include "attention/pairs/pair_ranking.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

class Attention;
class Sink;

/// How many places the positions in a file of known pairs may be of.
std::size_t places_of_pairs(const Attention& attention);

/// The pairs that `gold` says are known, by their indices among queries and keys: of edges each
/// with a weight other than 0, of a matrix each entry other than 0, of CoNLL-U each word with its
/// head. Edges without labels, and matrices of all tokens, count as the file of the attention does;
/// a matrix may also be of the tokens that are left. Words are the tokens that are not special.
/// Notes what of them is left out.
/// @throws InputError where it does not fit to the attention
std::vector<TokenPair> known_pairs(const Dump& gold, const Attention& attention,
                                   Symmetrize symmetrize, Sink& sink);

}  // namespace attngraph
