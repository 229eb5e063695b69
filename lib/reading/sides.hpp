#pragma once

namespace attngraph {

/// Whether queries and keys are tokens of one sequence.
enum class Sides { self, cross };

}  // namespace attngraph
