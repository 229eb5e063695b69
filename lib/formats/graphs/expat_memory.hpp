#pragma once

#include <expat.h>

#include <cstddef>

namespace attngraph {

/// Functions of memory for a parser of expat, which fail beyond what allow_expat() said last in
/// this thread: expat writes the name of a space before every name in it, whatever that takes.
const XML_Memory_Handling_Suite& expat_memory();

/// What expat may take from now on, in this thread. Nothing at first.
void allow_expat(std::size_t bytes);

}  // namespace attngraph
