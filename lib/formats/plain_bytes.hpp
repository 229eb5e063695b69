#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "core/limits.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// Whether bytes that begin so are as readers take them.
bool is_plain(std::span<const std::byte> begin);

/// The bytes as readers take them: what gzip packed is unpacked; text in UTF-16 or UTF-32, which
/// its byte order mark tells, is UTF-8, and the mark goes. Other bytes stay what they are.
/// @throws InputError for damaged gzip data and for halves of characters
/// @throws LimitError where what is made anew would exceed `limits.memory`
Bytes plain_bytes(Bytes bytes, const std::string& source, const Limits& limits);

/// A first look at text that may have no end: refuses bytes that no text has. Compressed text and
/// text with a mark pass.
/// @throws InputError for NUL and for what is no UTF-8
void check_text_begin(std::span<const std::byte> begin, const std::string& source);

}  // namespace attngraph
