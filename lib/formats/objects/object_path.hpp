#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "formats/objects/pickled_bytes.hpp"

namespace attngraph {

/// `path.key`, or the key alone.
std::string child_path(const std::string& path, std::string_view key);

/// The text of a key of a dict, a scalar of NumPy too; of a tuple those of its parts, as
/// `layer.head`; its position where a key has no text.
std::string key_text(const Pickle& pickle, PickledBytes& bytes, PickleId id, std::size_t position);

/// `1.0.2`: where an item stands of an array in C order.
std::string indices_text(std::size_t item, const Shape& shape);

/// Whether a part of a path says attention in one of the usual ways.
bool names_attention(std::string_view path);

}  // namespace attngraph
