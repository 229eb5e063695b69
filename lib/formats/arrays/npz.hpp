#pragma once

#include <string>
#include <vector>

#include "core/limits.hpp"
#include "formats/arrays/zip_archive.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// A ZIP archive of NPY arrays (numpy.savez, numpy.savez_compressed): its members in natural order,
/// named without `.npy`. A member `tokens` that holds strings gives the tokens; one of Python
/// objects the arrays in them.
/// @throws InputError for an archive or member that breaks a rule
/// @throws LimitError where the deflated members together exceed `limits.memory`
Dump read_npz(const Bytes& bytes, std::vector<ZipMember> members, const std::string& source,
              const Limits& limits);

}  // namespace attngraph
