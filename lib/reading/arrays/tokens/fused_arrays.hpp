#pragma once

#include <string>

#include "reading/arrays/families.hpp"

namespace attngraph {

/// Queries, keys and values in one array (`qkv`, `c_attn`).
bool is_fused(const Family& family);

/// @throws InputError: their order is not said; the hint takes them apart
[[noreturn]] void refuse_fused(const std::string& source, const Family& fused);

}  // namespace attngraph
