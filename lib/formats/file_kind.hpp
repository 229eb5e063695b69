#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace attngraph {

enum class FileKind { npy, zip, pickle, torch_legacy, safetensors, json, edge_csv, graphml };

/// The kind of a file by its first bytes.
/// @throws InputError for an empty file and for kinds that are not read, with what to do instead
FileKind file_kind(std::span<const std::byte> bytes, const std::string& source);

}  // namespace attngraph
