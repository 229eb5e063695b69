#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "tensor/tensor.hpp"

namespace attngraph {

/// `path.key`, or the key alone.
std::string child_path(const std::string& path, std::string_view key);

/// `1.0.2`: where an item stands of an array in C order.
std::string indices_text(std::size_t item, const Shape& shape);

/// Whether a part of a path says attention in one of the usual ways.
bool names_attention(std::string_view path);

}  // namespace attngraph
