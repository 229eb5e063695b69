#pragma once

#include <string_view>

#include "formats/objects/pickle/pickle.hpp"

namespace attngraph {

/// Whether a class makes a set of its argument, as protocols 2 and 3 write sets.
bool makes_set(std::string_view name);

/// Whether the state of an object is (dict or None, dict of slots), not a dict.
bool has_slots(const Pickle& pickle, PickleId state);

/// What a value of pandas holds: blocks of numbers, each with a row for each column, or other
/// cells.
enum class PandasFrame { none, numbers, cells };

/// What an object of pandas holds, such as a DataFrame or a Series; none for any other.
PandasFrame pandas_frame(const Pickle& pickle, const PickleObject& object);

}  // namespace attngraph
