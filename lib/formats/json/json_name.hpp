#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace attngraph {

/// A key as names say it: of one longer than 1,024 bytes its beginning, and which key of its object
/// it is, from 0. A name is put together for every record behind the key.
std::string key_in_names(std::string_view key, std::size_t place);

/// `path.part`, or the part alone.
/// @throws LimitError for a name longer than 4,096 bytes
std::string json_name(const std::string& path, std::string_view part, const std::string& source);

}  // namespace attngraph
