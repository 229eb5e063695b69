#pragma once

#include <cstddef>

namespace attngraph {

// Memory for a parser of expat, which writes the name of a space before every name in it, whatever
// that takes. It hands its functions of memory nothing of ours, so what is left is of the thread.

/// What expat may take from now on, in this thread. Nothing at first.
void allow_expat(std::size_t bytes);

/// As malloc, realloc and free; null where it is more than is left.
void* take_for_expat(std::size_t bytes);
void* take_other_for_expat(void* taken, std::size_t bytes);
void give_back_of_expat(void* taken);

}  // namespace attngraph
