#pragma once

#include "reading/arrays/tokens/token_families.hpp"
#include "reading/reading.hpp"

namespace attngraph {

/// It is a fault where a first axis that is read as layers or heads is as long as what the file has
/// of items of a batch, and the request does not say which it is: token ids [item, token], a mask
/// [item, key], a list of tokens for each; beside four axes any other array or list as long, unless
/// tokens or heads are as many. @throws InputError where faults are refused
void look_for_batch(Reading& reading, const Dump& dump, const ReadingRequest& request,
                    Faults faults);

/// The same of queries and keys in one array each.
/// @throws InputError
void refuse_batch(const TokenFamilies& families, const Dump& dump, const ReadingRequest& request);

}  // namespace attngraph
