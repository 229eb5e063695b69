#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

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

/// Where each node stands among the tokens of its side, those left out counted: for single tokens
/// their index in the file, for words their number among the words. Nodes are in any order only
/// where none is left out.
std::vector<std::size_t> places(const Grouping& grouping);

/// The tokens without special ones (`[CLS]`, `</s>`, `<|endoftext|>` …).
Grouping without_special(Grouping grouping);

/// The last `count` tokens alone, in the nodes they are in.
Grouping tail(const Grouping& grouping, std::size_t count);

}  // namespace attngraph
