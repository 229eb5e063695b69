#pragma once

#include <string>
#include <vector>

#include "formats/arrays/zip_archive.hpp"

namespace attngraph {

/// Refuses a ZIP archive in which no array was found and no member is called `NAME.npy`, by what
/// its members are called: one of PyTorch, Keras, Excel, or any other. Nothing where a member is
/// called so.
/// @throws InputError
void refuse_other_archive(const std::vector<ZipMember>& members, const std::string& source);

}  // namespace attngraph
