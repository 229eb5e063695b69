#pragma once

#include <string>
#include <vector>

#include "core/limits.hpp"
#include "formats/arrays/zip_archive.hpp"
#include "formats/read_options.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// Whether the members of an archive are those that torch.save writes: one is `NAME/data.pkl`.
bool is_torch_archive(const std::vector<ZipMember>& members);

/// What torch.save has written since 1.6: a pickle, and each storage as a stored member in place.
/// @throws InputError for an archive or object that breaks a rule, TorchScript, and an object that
///   holds no tensor
Dump read_torch_archive(const Bytes& bytes, const std::vector<ZipMember>& members,
                        const std::string& source, const ReadOptions& options);

}  // namespace attngraph
