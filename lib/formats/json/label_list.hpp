#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/limits.hpp"

namespace attngraph {

/// The strings of a JSON list.
/// @throws InputError for anything else, LimitError for a string longer than `limits.label`
std::vector<std::string> label_list(std::string_view json, const std::string& where,
                                    const Limits& limits);

}  // namespace attngraph
