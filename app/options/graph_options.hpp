#pragma once

#include "report/questions/graph.hpp"

namespace attngraph {

class OptionTable;

/// `--direction`
void declare_direction(OptionTable& options, Direction& direction);

/// `--self-loops`
void declare_self_loops(OptionTable& options, SelfLoops& self_loops);

/// What a rule chooses edges for; help says so.
enum class RuleFor { drawn_edges, degrees, structure };

/// `--threshold share|W`, `--top-k`, `--disparity`: which edges count.
void declare_edge_rule(OptionTable& options, RowCriteria& rule, RuleFor use);

/// `--top-k`, `--threshold`
void declare_edge_choice(OptionTable& options, EdgeChoice& choice);

/// `--layout`
void declare_layout(OptionTable& options, Layout& layout);

}  // namespace attngraph
