#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reading/words/grouping.hpp"

namespace attngraph {

/// Sub-word pieces merged to words, by the convention most tokens show: WordPiece (`##ing` goes
/// on), SentencePiece (`▁the` begins), byte-level BPE (`Ġthe` begins), an end of word (`the</w>`),
/// a piece that goes on (`walk@@`) or a leading blank. Special tokens and line breaks stay alone.
/// Tokens that show none of these are words already.
Grouping words(const Grouping& tokens);

/// The mark of that convention, such as `##`; empty where the tokens show none.
std::string_view piece_mark(const std::vector<std::string>& tokens);

}  // namespace attngraph
