#include "reading/reading_text.hpp"

#include <algorithm>

#include "core/text/counted.hpp"
#include "reading/reading.hpp"

namespace attngraph {
namespace {

/// What there is one array for each of: a head, where the names count those.
std::string counted_by_names(const Reading& reading) {
  const auto& axes = reading.numbered;
  if (axes.empty()) return "layer";
  if (std::find(axes.begin(), axes.end(), Axis::head) != axes.end()) return "head";
  std::string text = axes_option(axes);
  std::replace(text.begin(), text.end(), ',', ' ');
  return text;
}

/// `[batch, head, query, key]`, and what the arrays are where there are several.
std::string form_text(const Reading& reading) {
  std::string axes = axes_text(reading.axes);
  if (reading.steps) {
    return counted(reading.step_count, "step") + " of generate(), " + axes + " each, " +
           step_form_text(*reading.steps);
  }
  if (reading.arrays.size() == 1) return axes;
  return axes + " for each " + counted_by_names(reading) + ", " + reading.arrays.front() + " to " +
         reading.arrays.back();
}

}  // namespace

std::string reading_text(const Reading& reading, std::optional<bool> causal) {
  std::string text = "read as " + form_text(reading) + ": " +
                     counted(reading.layers.size(), "layer") + " of " +
                     counted(reading.heads(), "head") + ", ";
  if (reading.queries() == reading.keys() && reading.sides == Sides::self) {
    text += counted(reading.keys(), "token");
  } else {
    text += counted(reading.queries(), "query") + " and " + counted(reading.keys(), "key");
  }
  text += reading.sides == Sides::self ? ", self-attention" : ", cross-attention";
  if (causal && reading.sides == Sides::self) text += *causal ? ", causal" : ", not causal";
  if (reading.batches > 1) {
    text += ", $batch " + std::to_string(reading.batch) + " of 0 to " +
            std::to_string(reading.batches - 1);
  }
  return text;
}

}  // namespace attngraph
