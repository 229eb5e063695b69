#pragma once

#include "reading/arrays/chosen_arrays.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// Whether arrays of these names belong to different inputs.
bool are_of_inputs(const Dump& dump, const Family& arrays);

/// @throws InputError where arrays are of different inputs, as their names or their tokens say
void refuse_inputs(const ChosenArrays& chosen, const Dump& dump);

}  // namespace attngraph
