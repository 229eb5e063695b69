#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "reading/arrays/families.hpp"

namespace attngraph {

/// Which number of the names counts steps and which layers; no layers where each step holds all.
struct StepPlaces {
  std::size_t step;
  std::optional<std::size_t> layer;
};

/// The places where a name says which number counts steps. `t` says so only beside a layer: `t0`
/// may be any tensor, and `t5_layer_0` is of a model.
std::optional<StepPlaces> said_places(const Family& arrays);

/// Lists in lists, as generate() gives them: steps stand first.
bool are_lists_of_steps(const Family& arrays);

/// The orders that the words before two numbers leave possible.
std::vector<StepPlaces> possible_places(const Family& arrays);

}  // namespace attngraph
