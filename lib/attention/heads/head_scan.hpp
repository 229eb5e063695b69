#pragma once

#include "reading/head_facts.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// One pass over the numbers where they lie.
/// @param weights [query, key]
/// @param tolerance how far a row sum may be from 1
HeadScan head_scan(const Tensor& weights, double tolerance);

}  // namespace attngraph
