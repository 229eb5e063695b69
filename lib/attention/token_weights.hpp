#pragma once

#include <cstddef>

#include "numeric/matrix.hpp"

namespace attngraph {

class Attention;

/// What every token of self-attention attends to [token, token]; rows of zeros for the first ones
/// where the head has not their queries.
Matrix token_weights(const Attention& attention, std::size_t l, std::size_t h);

}  // namespace attngraph
