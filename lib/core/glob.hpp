#pragma once

#include <string_view>

namespace attngraph {

/// Whether the whole of `text` fits `pattern`, in which `*` stands for any run of characters and
/// `?` for any one.
bool glob_matches(std::string_view pattern, std::string_view text);

}  // namespace attngraph
