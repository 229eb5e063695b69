#pragma once

#include <string_view>

#include "formats/objects/pickle/pickle.hpp"

namespace attngraph {

/// Whether a class makes a set of its argument, as protocols 2 and 3 write sets.
bool makes_set(std::string_view name);

/// Whether an object is what pandas keeps a DataFrame of numbers in: blocks of columns, each with a
/// row for every column. Not where cells hold arrays: the numbers beside these are of records.
bool holds_blocks_of_numbers(const Pickle& pickle, const PickleObject& object);

}  // namespace attngraph
