#pragma once

#include <string>

#include "tensor/dump.hpp"

namespace attngraph {

/// Whether the word of a key says that a number is a place in a list, or an id.
bool is_index(const std::string& word);

/// What a list of records is, as far as its name and its arrays say it: of layers, heads or steps,
/// or of anything.
enum class RecordsOf { layers, anything };

/// Whether a field of records that differs says that they are of different inputs: any text or
/// number that says no layer, head or step, describes no array (`dtype`, `entropy`) and names no
/// module by its number; of layers only what is of inputs alone, or a text of several words.
bool says_input(const std::string& key, const Field& field, RecordsOf records);

}  // namespace attngraph
