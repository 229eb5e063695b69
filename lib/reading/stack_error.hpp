#pragma once

#include "core/error.hpp"

namespace attngraph {

/// What is wrong with files that were stacked: they are no arrays that $tensor chooses from, so a
/// hint to do so becomes one about the files.
InputError stack_error(const InputError& error);

}  // namespace attngraph
