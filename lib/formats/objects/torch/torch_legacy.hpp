#pragma once

#include <span>
#include <string>
#include <utility>

#include "core/limits.hpp"
#include "formats/objects/torch/torch_storage.hpp"
#include "formats/read_options.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// Whether bytes begin as what torch.save wrote before 1.6, and writes where it is asked to.
bool is_torch_legacy(std::span<const std::byte> bytes);

/// Such a file: five pickles (a magic number, the protocol, the machine, the object, the keys of
/// the storages), then the storages.
/// @throws InputError where the pickles or the storages are not what they must be, or bytes are
/// left
Dump read_torch_legacy(const Bytes& bytes, const std::string& source, const ReadOptions& options);

/// The one storage that such a file inside a pickle holds, and what it is called.
std::pair<Bytes, StorageName> legacy_storage(const Bytes& bytes, const std::string& where,
                                             const Limits& limits);

}  // namespace attngraph
