#pragma once

#include <cstddef>
#include <optional>

#include "graph/edge_choice.hpp"
#include "report/answer/drawing.hpp"
#include "report/parts/layered_edges.hpp"

namespace attngraph {

class Sink;

/// Where nothing else is said, a drawing shows so many edges between different tokens, those
/// through which most comes.
inline constexpr std::size_t shown_flows = 300;

/// Between which tokens routes are asked for, and what was set off.
struct AskedRoutes {
  std::size_t input = 0;
  std::size_t output = 0;
  LayeredEdges::SetOff routes;
};

/// The graph through all layers: a row of tokens for the outputs of each layer, the last on top,
/// and one for the inputs. Says what is left out of it, and how far it is.
/// @throws LimitError where its edges take more memory than there may be
Drawing layered_drawing(const LayeredEdges& layered, const EdgeChoice& choice,
                        const std::optional<AskedRoutes>& asked, Sink& sink);

}  // namespace attngraph
