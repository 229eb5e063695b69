#include "reading/chosen_batch.hpp"

#include <algorithm>
#include <string>

#include "core/error.hpp"
#include "core/text/place.hpp"
#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

/// Whether arrays of one layer each by their place in a set may be whole stacks of inputs instead:
/// four axes, and no word says that their number counts layers.
bool may_be_stacks(const Reading& reading, const ReadingRequest& request) {
  if (!request.axes.empty() || !reading.one_per_layer || reading.axes.size() != 4) return false;
  const ArrayName name = array_name(reading.arrays.front());
  const auto says = [](const std::string& word) {
    // So Hugging Face calls its layers.
    return counts_layers(word) || counts_heads(word) || counts_steps(word) || word == "attentions";
  };
  return !reading.steps && std::none_of(name.words.begin(), name.words.end(), says);
}

/// How to choose from a batch, and which other reading may be meant.
std::string batch_cure(const Reading& reading, const ReadingRequest& request) {
  if (!request.axes.empty() || reading.axes.size() < 4) return "choose one with $batch 0";
  if (reading.axes.size() == 5) {
    return "choose one with $batch 0, or, where the first axis is the batch, $axes "
           "batch,layer,head,query,key";
  }
  if (!may_be_stacks(reading, request)) {
    return "choose one with $batch 0, or say what the axes are with $axes";
  }
  const bool several = reading.arrays.size() > 1;
  return std::string("choose one of the batch with $batch 0; where ") +
         (several ? "each array holds the layers of one input, $tensor " +
                        shell_word(reading.arrays.front()) + " "
                  : "the first axis holds layers, ") +
         "$axes layer,head,query,key" +
         (several && reading.file_shape[2] == 1
              ? "; where each holds those of a step of generate(), $cross $axes "
                "layer,head,query,key"
              : "");
}

/// `a batch of 3`, or what else that axis may be.
std::string batch_text(const Reading& reading, const ReadingRequest& request) {
  const std::string items = std::to_string(reading.batches);
  return "a batch of " + items +
         (may_be_stacks(reading, request) ? ", or " + items + " layers" : "");
}

}  // namespace

void choose_batch(Reading& reading, const std::string& place, const ReadingRequest& request,
                  Faults faults) {
  if (!request.batch && reading.batches > 1 && faults == Faults::refused) {
    throw InputError(place,
                     "shape " + shape_text(reading.file_shape) + " read as " +
                         axes_text(reading.axes) + " holds " + batch_text(reading, request),
                     batch_cure(reading, request));
  }
  if (!request.batch && reading.batches > 1 && reading.findings.empty()) {
    reading.findings.push_back(
        {"a batch of " + std::to_string(reading.batches) + " is left in; this is item 0",
         batch_cure(reading, request)});
  }
  reading.batch = request.batch.value_or(0);
  if (reading.batch >= reading.batches) {
    throw ArgumentError("$batch", "there is no " + std::to_string(reading.batch) +
                                      " in a batch of " + std::to_string(reading.batches));
  }
}

void check_batch_axis(const Reading& reading, const std::string& place,
                      const ReadingRequest& request) {
  using enum Axis;
  const auto has = [&](Axis axis) {
    return std::find(reading.axes.begin(), reading.axes.end(), axis) != reading.axes.end();
  };
  if (!request.batch || !request.axes.empty() || has(batch)) return;
  if (reading.axes.size() < 3 || reading.file_shape.front() == 1) return;
  Axes other = reading.axes;
  other.front() = batch;
  throw ArgumentError("$batch",
                      place + ": shape " + shape_text(reading.file_shape) + " read as " +
                          axes_text(reading.axes) + " has no batch",
                      "where its first axis is one, say $axes " + axes_option(other));
}

}  // namespace attngraph
