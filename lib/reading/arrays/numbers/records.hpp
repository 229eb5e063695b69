#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "reading/arrays/families.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// What says that arrays are of different inputs: the key under which each record of them has a
/// text or an id of its own (`sentence`), and the place of the number that counts the records.
struct InputKey {
  std::string key;
  std::size_t place;
};

/// Nothing where records say nothing of the kind, or number layers too.
std::optional<InputKey> key_of_inputs(const Dump& dump, const Family& arrays);

/// Where records say which layer, head or step they are (`{"layer": 2, "attn": …}`), that number
/// stands in place of the one in the list, and the arrays follow it.
/// @returns what to note of it; empty where they say nothing
/// @throws InputError where some records say it and others not, or two say the same
std::string number_by_records(Family& arrays, const Dump& dump);

}  // namespace attngraph
