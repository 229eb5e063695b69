#pragma once

#include <string>

#include "core/limits.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// A safetensors file (https://github.com/huggingface/safetensors#format): its tensors in natural
/// order, in place. The metadata's `tokens`, or another value that is a JSON list of strings, gives
/// the tokens.
/// @throws InputError for a header beyond the file or 100 MB, repeated names, an unknown dtype, and
///   offsets that overlap, leave holes, leave the file or contradict the shape
Dump read_safetensors(const Bytes& bytes, const std::string& source, const Limits& limits);

}  // namespace attngraph
