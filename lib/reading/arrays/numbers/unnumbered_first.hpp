#pragma once

#include <vector>

#include "reading/arrays/families.hpp"

namespace attngraph {

/// Puts an array whose name lacks the number of others in front of these, as Keras names layers:
/// `attention`, `attention_1`, `attention_2`. It takes the number before the first of theirs, which
/// is 1 or 2, and must be of their shape.
void join_unnumbered(std::vector<Family>& families);

}  // namespace attngraph
