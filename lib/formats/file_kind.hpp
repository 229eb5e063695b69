#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace attngraph {

enum class FileKind {
  npy,
  zip,
  pickle,
  torch_legacy,
  safetensors,
  json,
  edge_csv,
  graphml,
  graph_json,
  row_json
};

/// Whether the bytes begin as safetensors do: the length of a header and its `{`. The lowest bytes
/// of a length can look like any other kind: 640 is the mark of a pickle.
bool is_safetensors(std::span<const std::byte> bytes);

/// Whether they begin as a pickle of protocol 2 to 5, and as nothing that begins alike.
bool is_pickle(std::span<const std::byte> bytes);

/// Whether they begin as a file of arrays: NPY, ZIP, safetensors, a pickle.
bool begins_as_arrays(std::span<const std::byte> bytes);

/// The kind of a file by its first bytes.
/// @throws InputError for an empty file and for kinds that are not read, with what to do instead
FileKind file_kind(std::span<const std::byte> bytes, const std::string& source);

/// Refuses by its name what lines of any text cannot be: a pickle of protocol 0 or 1, a pointer of
/// Git LFS, a file with a mark that is no word.
/// @throws InputError
void refuse_other_than_text(std::span<const std::byte> bytes, const std::string& source);

}  // namespace attngraph
