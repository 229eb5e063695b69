#pragma once

#include "reading/arrays/tokens/token_families.hpp"
#include "reading/reading.hpp"

namespace attngraph {

/// Whether one number tells the arrays apart, and no word says what it counts.
bool may_be_inputs(const Family& arrays);

/// It is a fault where a first axis that is read as layers or heads, or a set of arrays that is
/// read as layers, is as long as what the file has of items of a batch, and neither the request nor
/// a name says which it is: token ids [item, token], a mask [item, key], a list of tokens or a text
/// for each; beside heads any other array or list as long, unless tokens or heads are as many.
/// @throws InputError where faults are refused
void look_for_batch(Reading& reading, const Dump& dump, const Family& arrays,
                    const ReadingRequest& request, Faults faults);

/// The same of queries and keys.
/// @throws InputError
void refuse_batch(const TokenFamilies& families, const Dump& dump, const ReadingRequest& request);

}  // namespace attngraph
