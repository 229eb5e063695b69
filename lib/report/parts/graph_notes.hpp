#pragma once

#include <cstddef>
#include <string>

#include "graph/edge_arrays.hpp"

namespace attngraph {

class Graphs;
class Sink;

/// From so many tokens on, questions about paths and flows on dense attention take minutes.
inline constexpr std::size_t many_tokens = 4096;

/// What an arrow of a drawing leads from and to.
std::string direction_remark(Direction direction, Sides sides);

/// Says which way edges point, as parameter and note: rankings differ between the two.

void note_direction(Direction direction, Sink& sink);

/// Says that the work will be long, and the sparse way, where graphs have more than `many_tokens`.
void note_dense_work(const Graphs& graphs, Sink& sink);

}  // namespace attngraph
