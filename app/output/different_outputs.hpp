#pragma once

#include <string>
#include <vector>

namespace attngraph {

struct OutputPlan;

/// Refuses, before any work, inputs that would write one output, or that may where a number of
/// their names runs into that of a layer or head; of a shard, the others count, too.
/// @throws ArgumentError
void check_different(const OutputPlan& plan, const std::vector<std::string>& names);

}  // namespace attngraph
