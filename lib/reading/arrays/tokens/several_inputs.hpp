#pragma once

#include <string>
#include <vector>

#include "reading/arrays/chosen_arrays.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// The tokens of the input that an array belongs to, where inputs have tokens of their own: the
/// numbers of the list's name are the first of the array's. Null where there are none.
const NamedTokens* tokens_of_input(const Dump& dump, const ArrayName& array);

/// Whether arrays of these names belong to different inputs.
bool are_of_inputs(const Dump& dump, const Family& arrays);

/// @throws InputError where arrays are of different inputs, as their names or their tokens say
void refuse_inputs(const ChosenArrays& chosen, const Dump& dump);

}  // namespace attngraph
