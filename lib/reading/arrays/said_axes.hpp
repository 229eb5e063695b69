#pragma once

#include <cstddef>

#include "reading/reading.hpp"

namespace attngraph {

/// The axes of a single array [layers or heads, query, key], or with more axes, where its name or
/// what the file says of layers and heads decides them: with a note. Empty where they are as usual.
/// It is a fault where these leave two readings, or contradict.
/// @throws InputError where faults are refused
Axes said_axes(Reading& reading, const Dump& dump, const NamedTensor& array, Faults faults);

/// It is a fault where the arrays that were read as a layer each are as many as the file has heads,
/// or hold a matrix for each of its layers.
/// @throws InputError where faults are refused
void look_for_said_layers(Reading& reading, const Dump& dump, std::size_t rank, Faults faults);

}  // namespace attngraph
