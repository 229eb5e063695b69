#pragma once

#include <string_view>

namespace attngraph {

/// Whether a text is, from its first byte to its last, a pickle of protocol 0 or 1, which has no
/// mark to know it by: opcodes that leave one value where the last of them stops. One that is
/// neither a container nor kept in the memo, as `c` and two lines make it, may be any text.
bool is_old_pickle(std::string_view text);

}  // namespace attngraph
