#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "output/output_plan.hpp"
#include "output/outputs.hpp"

namespace attngraph {

class Console;

/// Answers one input into its outputs.
using AnswerInput = std::function<void(const std::string& input, Outputs& outputs, Messages&)>;

/// Answers several inputs, each by itself: a bad one is reported and leaves no output, the others
/// go on; each output appears when it is finished, an answer to all of them at the end. The same
/// bytes and the same status for any number of jobs.
/// @returns the exit status
int several_inputs(const std::vector<std::string>& names, std::size_t jobs, const OutputPlan& plan,
                   Disk& disk, Console& console, const AnswerInput& answer);

}  // namespace attngraph
