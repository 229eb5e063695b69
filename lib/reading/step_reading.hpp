#pragma once

#include "reading/arrays/steps/generate_steps.hpp"
#include "reading/reading.hpp"

namespace attngraph {

/// What a request, or the name of the file, says of steps: a batch that is chosen from is one.
SaidOfSteps said_of_steps(const ReadingRequest& request, bool cross_by_file);

/// Puts the steps of `generate()` together to the layers of a reading, for the item of the batch
/// that is chosen.
/// @throws InputError, ArgumentError where none is, as choose_batch
void read_steps(Reading& reading, const Steps& steps, const Dump& dump,
                const ReadingRequest& request, Faults faults);

}  // namespace attngraph
