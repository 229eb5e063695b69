#pragma once

#include <string>

#include "reading/reading.hpp"

namespace attngraph {

/// Where a list beside arrays says which layer each is (`layer`, `layer_ids`), or which head of
/// which layer, its numbers stand in place of those in the names, and the arrays follow it.
/// @returns what to note of it; empty where there is none, or names say the same
/// @throws InputError where two arrays are the same
std::string number_by_lists(Family& arrays, const Dump& dump);

/// The same of the axes of one array: a note says which layer or head is which. It is a fault where
/// layers stand in another order than the list says, or it numbers what was read as heads.
/// @param said the request names the axes
/// @throws InputError where faults are refused
void look_for_lists(Reading& reading, const Dump& dump, bool said, Faults faults);

}  // namespace attngraph
