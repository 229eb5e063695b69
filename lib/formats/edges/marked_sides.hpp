#pragma once

namespace attngraph {

struct Dump;

/// Parts queries from keys where the labels of a graph do: attngraph writes cross-attention as
/// nodes `q:…`, then nodes `k:…`, with edges from the former to the latter only, or ($direction
/// informs) the other way, which are turned. Their labels lose these marks, and where only numbers
/// are left there are no labels.
void part_marked_sides(Dump& dump);

}  // namespace attngraph
