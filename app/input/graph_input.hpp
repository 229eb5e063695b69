#pragma once

#include "report/parts/graph_source.hpp"

namespace attngraph {

class Job;
class OptionTable;

/// The graphs of the job's input: of its attention, or as its edge lists say.
GraphSource graph_input(Job& job);

/// `--direction`
void declare_direction(OptionTable& options, Direction& direction);

/// `--self-loops`
void declare_self_loops(OptionTable& options, SelfLoops& self_loops);

}  // namespace attngraph
