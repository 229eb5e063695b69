#pragma once

#include <string_view>

namespace attngraph {

/// Whether a word of the last part of a name says that there is one of it for each input: `labels`,
/// `seq_lengths`, `y_pred`.
bool says_inputs(std::string_view path);

}  // namespace attngraph
