#pragma once

#include "attention/edges/sparsify.hpp"

namespace attngraph {

class Attention;
class Sink;

/// What is lost against what is kept, as a picture: a curve for each layer, the mean of its heads.
/// Its points are values of the criterion that is set, the first of top_k, top_p, keep_ratio,
/// disparity and threshold; the point that is asked about is marked. Other criteria stay as they
/// are.
/// @throws LimitError where the weights of a head do not fit into memory
void sparsify_curves(const Attention& attention, const SparsifyOptions& options, Sink& sink);

}  // namespace attngraph
