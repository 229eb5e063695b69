#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reading/arrays/steps/generate_steps.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// For each sequence that beam search returned the row of the batch that it stood in at each step;
/// as many steps as it has.
using BeamRows = std::vector<std::vector<std::size_t>>;

/// What `beam_indices` [sequence, step] beside the steps says; empty where a file has none. -1 ends
/// a sequence.
/// @throws InputError where it names rows that are not there, or fewer steps than one
BeamRows beam_rows(const Dump& dump, const Steps& steps);

/// What to say of beams: that they are followed, or, where the file has several rows for each of
/// its `sequences` and no indices, that they are not; else empty.
std::string beam_note(const Dump& dump, const Steps& steps, const BeamRows& beams);

}  // namespace attngraph
