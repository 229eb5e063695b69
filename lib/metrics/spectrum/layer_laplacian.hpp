#pragma once

#include <cstddef>

#include "numeric/matrix.hpp"

namespace attngraph {

class Attention;

/// The diagonal of the Laplacian of a causal head across its layer and the next one, which for a
/// triangular matrix is its spectrum; an entry for each token. (Binkowski et al. 2025, LapEigvals)
/// @param stack causal, every layer of the file, at least two of them
/// @param l, h in the stack
Vector layer_laplacian(const Attention& stack, std::size_t l, std::size_t h);

}  // namespace attngraph
