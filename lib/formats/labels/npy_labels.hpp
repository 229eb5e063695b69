#pragma once

#include <string>
#include <vector>

#include "formats/arrays/npy.hpp"
#include "formats/labels/labels.hpp"

namespace attngraph {

/// The strings of an array [token], or [item, token] of which `options.batch` is taken.
/// @throws as npy_texts, and InputError where an item must be chosen
std::vector<std::string> npy_labels(const Bytes& bytes, NpyHeader header, const std::string& where,
                                    const ReadOptions& options);

/// Token ids [token], or [item, token], as texts; whole numbers of any type.
/// @throws InputError for other numbers and shapes
Labels ids_of(const Tensor& ids, const std::string& where, const ReadOptions& options);

}  // namespace attngraph
