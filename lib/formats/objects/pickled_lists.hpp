#pragma once

#include "formats/objects/pickle/pickle.hpp"

namespace attngraph {

// What a list of a pickle consists of. An empty one consists of nothing.

bool holds_text(const Pickle& pickle, const PickleItems& list);

/// Whole numbers, also those beyond 64 bits; no booleans.
bool holds_ids(const Pickle& pickle, const PickleItems& list);

bool holds_numbers(const Pickle& pickle, const PickleItems& list);

/// Lists or tuples.
bool holds_lists(const Pickle& pickle, const PickleItems& list);

bool holds_lists_of_numbers(const Pickle& pickle, const PickleItems& list);

/// Whether an array or an object is among the items, beside which texts are its own.
bool is_record(const Pickle& pickle, const PickleItems& list);

}  // namespace attngraph
