#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace attngraph {

/// Tokens put together to fewer nodes: words of sub-word pieces, named segments of a prompt, or
/// the tokens without the special ones.
struct Grouping {
  static constexpr std::int32_t left_out = -1;

  /// For each token the node it belongs to, or left_out.
  std::vector<std::int32_t> node;
  /// Text of each node.
  std::vector<std::string> labels;
  /// Divide each row by its sum afterwards; rows of zeros stay.
  bool renormalize = false;
};

/// Every token a node of its own.
Grouping single_tokens(const std::vector<std::string>& tokens);

/// Sub-word pieces merged to words, by the convention the tokens show: WordPiece (`##ing` goes
/// on), SentencePiece (`▁the` begins) or byte-level BPE (`Ġthe` begins). Special tokens stay alone.
/// Tokens that show none of these are words already.
Grouping words(const Grouping& tokens);

/// Named ranges of tokens, both ends included: `system:0-5,context:6-20,21-30`; a range without a
/// name is called after itself. Tokens in no range are left out.
/// @throws ArgumentError where a range is not understood, outside, or overlaps another
Grouping segments(std::string_view text, std::size_t tokens);

/// The tokens without special ones (`[CLS]`, `</s>`, `<|endoftext|>` …).
Grouping without_special(Grouping grouping);

/// Whether a token is one that a tokenizer adds: `[…]` in capitals, `<…>`, `<|…|>`.
bool is_special(std::string_view token);

}  // namespace attngraph
