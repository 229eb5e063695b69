#pragma once

#include <string>
#include <vector>

#include "formats/arrays/zip_archive.hpp"
#include "formats/read_options.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// A ZIP archive of NPY arrays (numpy.savez, numpy.savez_compressed): its members in natural order,
/// named without `.npy`. A member `tokens` that holds strings gives the tokens; one of Python
/// objects the arrays in them. A member that is no array of numbers is left unread; folders and
/// what macOS adds to an archive are passed over.
/// @throws InputError for an archive that breaks a rule, and for damaged arrays
/// @throws LimitError where the deflated members together exceed `options.limits.memory`
Dump read_npz(const Bytes& bytes, std::vector<ZipMember> members, const std::string& source,
              const ReadOptions& options);

}  // namespace attngraph
