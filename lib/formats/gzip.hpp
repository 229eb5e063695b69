#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "core/limits.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// Whether the bytes begin as a gzip file does (RFC 1952).
bool is_gzip(std::span<const std::byte> bytes);

/// What a gzip file holds; of several members one after the other.
/// @throws InputError for data that is damaged, cut off or followed by something else
/// @throws LimitError where it exceeds `limits.memory`
Bytes gunzipped(std::span<const std::byte> packed, const std::string& source, const Limits& limits);

}  // namespace attngraph
