#pragma once

#include "report/answer/sink.hpp"

namespace attngraph {

/// The columns of what is measured of a head (HeadStatistics), and the share of heads with a sink.
namespace head_measure {

extern const Column entropy, entropy_normalized, support, max_weight, distance, self, previous,
    next, first, backward, forward, sink_token, sink_mass, duplicate, induction, gini, distant,
    copy, grid_distance, spatial_entropy, sink_rate;

}  // namespace head_measure
}  // namespace attngraph
