#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace attngraph {

/// What the name of an array says it holds.
/// Fused: queries, keys and values in one.
enum class Role { unknown, attention, query, key, value, mask, fused };

/// Stands in a pattern for a `#` that is no number.
constexpr char own_mark = '\x1a';

/// The name of an array taken apart: `blocks.2.attn.hook_pattern`.
struct ArrayName {
  /// With `#` for each number, in small letters as in capitals: `blocks.#.attn.hook_pattern`. A `#`
  /// of the name's own is `own_mark`.
  std::string pattern;
  /// Its numbers in the order in which they stand, with their signs, and the word before each
  /// (`blocks`), in small letters; empty where there is none.
  std::vector<std::int64_t> numbers;
  std::vector<std::string> words;
  Role role = Role::unknown;
  /// The role is attention by a name that much else has too (`weights`).
  bool weak = false;
  /// The name says that queries and keys are of different sequences.
  bool cross = false;
  /// The name says that tokens stand before heads (`hook_q` of TransformerLens).
  bool tokens_first = false;
  /// The name says that positions have turned it (`q_rope`, `hook_rot_q`).
  bool rotated = false;
  /// The name says that they will (`q_pre_rope`).
  bool unrotated = false;
  /// The name is that of a projection (`q_proj`), in whose width heads lie side by side.
  bool heads_in_width = false;
};

/// Takes `name` apart. The role is that of the last part that is no number and no mere place
/// (`layer_3`, `step_0`): `hook_q` in `blocks.2.attn.hook_q`, `attentions` in `attentions.3`.
ArrayName array_name(std::string_view name);

/// Whether two names are alike but for one word or letter, that of queries in the one and that of
/// keys in the other: `mixed_query_layer` and `mixed_key_layer`, `xq` and `xk`.
bool are_called_as_query_and_key(const ArrayName& query, const ArrayName& key);

}  // namespace attngraph
