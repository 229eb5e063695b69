#include "reading/step_reading.hpp"

#include "reading/arrays/chosen_arrays.hpp"
#include "reading/arrays/steps/beam_rows.hpp"
#include "reading/chosen_batch.hpp"

namespace attngraph {

void read_steps(Reading& reading, const Steps& steps, const Dump& dump,
                const ReadingRequest& request, Faults faults) {
  using enum Axis;
  const NamedTensor& first = steps.layers.front().front();
  reading.axes = {batch, head, query, key};
  reading.steps = steps.form;
  reading.step_count = steps.count;
  const BeamRows beams = beam_rows(dump, steps);
  reading.batches = beams.empty() ? steps.batches() : beams.size();
  reading.file_shape = first.tensor.shape();
  choose_batch(reading, place_of(reading.source, first), request, faults);
  reading.layers =
      beams.empty() ? steps.assembled(reading.batch) : steps.assembled(beams[reading.batch]);
  const std::string note = beam_note(dump, steps, beams);
  if (!note.empty()) reading.notes.push_back(note);
  if (!steps.note.empty()) reading.notes.push_back(steps.note);
  // The last rows of a square are of self-attention because they are causal. Of a whole square the
  // numbers say whether it is: padding in front and prefixes see later keys.
  const bool last_rows = reading.queries() < reading.keys();
  if (!is_cross(steps.form) && last_rows) reading.causal = true;
}

SaidOfSteps said_of_steps(const ReadingRequest& request, bool cross_by_file) {
  using enum Axis;
  SaidOfSteps said;
  if (cross_by_file) said.keys = SaidKeys::other;
  if (request.causal.value_or(false)) said.keys = SaidKeys::own;
  if (request.cross) said.keys = SaidKeys::other;
  const bool of_attention = !request.axes.empty() && !are_of_tokens(request.axes);
  if (of_attention) {
    said.axes = request.axes;
  } else if (request.batch) {
    said.axes = {batch, head, query, key};
  }
  return said;
}

}  // namespace attngraph
