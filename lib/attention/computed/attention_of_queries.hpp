#pragma once

#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "attention/stored/stack_from_dump.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// The attention that the queries and keys of a file make, scaled by 1/sqrt(width of a head),
/// selected and merged as the request says.
/// @throws ArgumentError where the request does not say whether it is causal: the file cannot
Attention attention_of_queries(const Dump& dump, const StackRequest& request,
                               std::vector<std::string>& notes);

}  // namespace attngraph
