#pragma once

#include <string>

#include "formats/read_options.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// A safetensors file (https://github.com/huggingface/safetensors#format): its tensors in natural
/// order, in place. The metadata's `tokens`, or another value that is a JSON list of strings, gives
/// the tokens. A tensor of another dtype, or without numbers, is left unread.
/// @throws InputError for a header beyond the file or 100 MB, repeated names, and offsets that
/// overlap, leave holes, leave the file or contradict the shape
Dump read_safetensors(const Bytes& bytes, const std::string& source, const ReadOptions& options);

}  // namespace attngraph
