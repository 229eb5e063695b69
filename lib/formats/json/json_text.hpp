#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "core/limits.hpp"

namespace attngraph {

/// Lists and objects of JSON may be nested this deep.
inline constexpr std::size_t deepest_json = 64;

/// What the value of a JSON text takes at most: 16 bytes each, and the smallest one with its comma
/// has 2 characters; a string has 4 and takes 48 more.
inline constexpr std::size_t json_bytes_per_character = 16;

/// The value of a whole JSON text (RFC 8259).
/// @throws InputError as refuse_json, and for a key that occurs twice in an object or nesting
/// deeper
///   than deepest_json
/// @throws LimitError where the value could take more than `limits.memory`
nlohmann::json json_text(std::string_view text, const std::string& where, const Limits& limits);

/// What a value is, for an error: `a list`, `null`.
std::string json_kind(const nlohmann::json& value);

/// Names the first thing in `text` that is no JSON: its line and column, what stands there and what
/// was expected. `otherwise` is the problem where nothing is found.
/// @throws InputError always
[[noreturn]] void refuse_json(std::string_view text, const std::string& where,
                              const std::string& otherwise);

/// The first character within a list whose text begins here; 0 where there is none.
char first_in_list(std::string_view text);

/// Whether a text begins a list of strings, or of such lists.
bool begins_with_text(std::string_view text);

/// @throws InputError for a key that is already among `keys` of its object
void require_new_key(bool is_new, std::string_view key, const std::string& where);

/// @throws InputError for nesting deeper than deepest_json
void require_depth(std::size_t depth, const std::string& where);

}  // namespace attngraph
