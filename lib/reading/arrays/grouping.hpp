#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/named_range.hpp"

namespace attngraph {

/// What rows are divided by where tokens are left out or put together; rows of zeros stay.
enum class RowDivision {
  none,
  /// First, each token's row by what is left of it.
  left_first,
  /// Afterwards, each row by its sum.
  afterwards
};

/// Tokens put together to fewer nodes: words of sub-word pieces, named segments of a prompt, or
/// the tokens without the special ones.
struct Grouping {
  static constexpr std::int32_t left_out = -1;

  /// For each token the node it belongs to, or left_out.
  std::vector<std::int32_t> node;
  /// Text of each node.
  std::vector<std::string> labels;
  RowDivision division = RowDivision::none;

  std::size_t tokens() const { return node.size(); }
  std::size_t nodes() const { return labels.size(); }
  std::size_t tokens_left_out() const;
  /// How many tokens each node has.
  std::vector<std::size_t> sizes() const;
};

/// Every token a node of its own.
Grouping single_tokens(const std::vector<std::string>& tokens);

/// Sub-word pieces merged to words, by the convention most tokens show: WordPiece (`##ing` goes
/// on), SentencePiece (`▁the` begins), byte-level BPE (`Ġthe` begins), an end of word (`the</w>`),
/// a piece that goes on (`walk@@`) or a leading blank. Special tokens and line breaks stay alone.
/// Tokens that show none of these are words already.
Grouping words(const Grouping& tokens);

/// The mark of that convention, such as `##`; empty where the tokens show none.
std::string_view piece_mark(const std::vector<std::string>& tokens);

/// Named ranges of tokens, both ends included: `system:0-5,context:6-20,21-30`; a range without a
/// name is called after itself. Tokens in no range are the last node, `rest`.
/// @throws ArgumentError where a range is not understood, outside, or overlaps another, and where
///   two nodes would have one name
Grouping segments(std::string_view text, std::size_t tokens);
Grouping segments(const std::vector<NamedRange>& ranges, std::size_t tokens);

/// Sentences `s0`, `s1`, …: each ends behind a token that ends in `.`, `!`, `?`, `…`, `。` or a
/// line break, and those that follow it at once. Special tokens belong to the sentence before them,
/// in front of the first one to that.
Grouping sentences(const std::vector<std::string>& tokens);

/// Where each node stands among the tokens of its side, those left out counted: for single tokens
/// their index in the file, for words their number among the words.
std::vector<std::size_t> places(const Grouping& grouping);

/// The tokens without special ones (`[CLS]`, `</s>`, `<|endoftext|>` …).
Grouping without_special(Grouping grouping);

/// The last `count` tokens alone, in the nodes they are in.
Grouping tail(const Grouping& grouping, std::size_t count);

/// Whether a token is one that a tokenizer adds: `[CLS]` and its like, `<s>` and its like, `<|…|>`;
/// not a byte (`<0x0A>`) or a text in angle brackets.
bool is_special(std::string_view token);

}  // namespace attngraph
