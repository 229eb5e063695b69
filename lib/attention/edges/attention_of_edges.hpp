#pragma once

#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "attention/stored/stack_from_dump.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// The attention that the edge lists of a dump are, selected and checked: every node and weight
/// what it must be, rows that sum to 1 where `request` wants them to. The dump must live as long as
/// this.
/// @throws InputError with the edge, or with the row that does not sum to 1
/// @throws ArgumentError where there is no list of such a layer or head
Attention attention_of_edges(const Dump& dump, const StackRequest& request,
                             std::vector<std::string>& notes);

}  // namespace attngraph
