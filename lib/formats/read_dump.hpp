#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "formats/read_options.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// What a file of any supported format holds; the format is found by the first bytes, never by the
/// name. Tensors view `bytes` wherever that is possible and keep them alive. Numbers are not
/// checked for NaN here. Names found in the file are only names, never paths.
/// @param source the file's name, with which every error's place begins
/// @throws InputError for bytes that break a rule of their format, and for kinds of file that are
///   not read (pickle, HDF5, gzip …), with a hint
/// @throws LimitError where inflated members or parsed numbers would exceed `limits.memory`, or a
///   token `limits.label`
Dump read_dump(Bytes bytes, const std::string& source, const ReadOptions& options);

/// Refuses what begins with these bytes, a megabyte of them, where no reader takes it.
/// @throws InputError
void check_begin(std::span<const std::byte> begin, const std::string& source);

/// As read_dump, but a file without arrays and edges is no error, and the bytes are plain already.
Dump members_of(Bytes bytes, const std::string& source, const ReadOptions& options);

}  // namespace attngraph
