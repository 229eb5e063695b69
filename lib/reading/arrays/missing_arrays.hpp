#pragma once

#include <string>

#include "reading/arrays/families.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// One layer that could not be read is no layer to leave out; None beside the weights that a module
/// gives is none.
/// @throws InputError its reason, where the name of what was left unread differs from those of
/// `arrays` by a number that differs between these
void require_whole_set(const Dump& dump, const Family& arrays);

/// The same for those that a pattern chooses.
/// @throws InputError the reason of one that fits `wanted` and is called as the arrays but for
/// numbers
void require_those_alike(const Dump& dump, const Family& arrays, const std::string& wanted);

}  // namespace attngraph
