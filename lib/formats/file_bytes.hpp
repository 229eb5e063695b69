#pragma once

#include <cstddef>
#include <functional>
#include <iosfwd>
#include <span>
#include <string>

#include "core/limits.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// Looks at the first megabyte of what is read into memory, and throws where the rest need not be
/// read: a device may have no end.
using FirstLook = std::function<void(std::span<const std::byte> begin)>;

/// The bytes of a file. A regular file is mapped read-only and costs no memory of its own; a FIFO
/// or device is read to its end. Reading a mapped file that was cut short meanwhile raises SIGBUS,
/// which a program that promises an error text must handle.
/// @throws IoError where it is missing, a directory, or cannot be read
/// @throws LimitError where what is not mapped exceeds `limits.memory`
Bytes file_bytes(const std::string& path, const Limits& limits, const FirstLook& look = {});

/// Everything up to the end of `in`, read into memory.
/// @throws IoError where reading fails, LimitError where it exceeds `limits.memory`
Bytes stream_bytes(std::istream& in, const std::string& source, const Limits& limits,
                   const FirstLook& look = {});

}  // namespace attngraph
