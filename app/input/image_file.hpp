#pragma once

#include <string>

#include "core/limits.hpp"

namespace attngraph {

/// The bytes of a PNG or JPEG file as they are; empty where `path` names none.
/// @throws InputError for another kind of file, LimitError above 64 MiB, IoError
std::string image_file(const std::string& path, const Limits& limits);

}  // namespace attngraph
