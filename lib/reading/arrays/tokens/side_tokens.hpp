#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reading/arrays/array_name.hpp"
#include "reading/arrays/tokens/own_lists.hpp"
#include "reading/sides.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// The lists of tokens in a file that go with an array; empty where there is none.
struct SideTokens {
  NamedTokens keys, queries;
  /// They are chosen from those of several inputs.
  bool of_input = false;
};

/// Those of the input that the array of this name belongs to. Queries have one where a name says so
/// and it holds something else than that of the keys.
SideTokens side_tokens(const Dump& dump, const std::string& array, const TokenCounts& counts);

/// What is known of the attention that lists of tokens may label.
struct LabelledAttention {
  std::size_t queries, keys;
  Sides sides;
  std::optional<bool> causal;
};

/// Whose labels they are, as names and numbers say.
struct LabelsOfSides {
  std::vector<std::string> keys, queries;
  Sides sides;
  std::vector<std::string> notes;
};

/// Two lists that differ and fit are those of two sequences, also of a square; in self-attention
/// the one that fits, of encoder and decoder the one that the name of the array says.
/// @throws InputError where a square may be cross-attention or the self-attention of either text
LabelsOfSides labels_of_sides(SideTokens tokens, const LabelledAttention& attention,
                              const ArrayName& array, const std::string& source);

}  // namespace attngraph
