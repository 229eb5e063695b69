#pragma once

#include <cstdint>
#include <optional>

#include "attention/attention.hpp"
#include "attention/layers/layer_transition.hpp"

namespace attngraph {

class Job;
class OptionTable;

/// `--residual`, `--start-layer`, `--end-layer`: what every command that goes through the layers
/// has.
void declare_layers(OptionTable& options, Residual& residual,
                    std::optional<std::int64_t>& start_layer,
                    std::optional<std::int64_t>& end_layer);

/// The attention of the job's input with single heads; `--fuse` goes into `transition`, which fuses
/// them later.
Attention transition_stack(Job& job, TransitionOptions& transition);

}  // namespace attngraph
