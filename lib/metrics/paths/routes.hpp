#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "numeric/matrix.hpp"

namespace attngraph {

/// A way of information through all layers.
struct Route {
  /// The product of the transitions' entries along it.
  double probability = 0;
  /// The token at every level, the output first, the input last: layers + 1 of them.
  std::vector<std::size_t> tokens;
};

struct Routes {
  /// The most probable ones, falling; of equally probable ones those with lower tokens first,
  /// compared from the output on. Routes of probability 0 are none.
  std::vector<Route> best;
  /// The sum over all routes: the entry [output, input] of the product of the transitions.
  double total = 0;
};

/// The `count` most probable routes from token `input` at the inputs to token `output` at the
/// outputs; exact.
/// @param transitions Ã [output, input] of each layer, the one nearest the inputs first
Routes most_probable_routes(std::span<const Matrix> transitions, std::size_t input,
                            std::size_t output, std::size_t count);

/// For each output the `count` most probable routes to it from any input, ordered as above. The
/// outputs share what is found below them: hardly more work than one of them.
std::vector<std::vector<Route>> most_probable_routes(std::span<const Matrix> transitions,
                                                     std::size_t count);

}  // namespace attngraph
