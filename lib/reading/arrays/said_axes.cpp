#include "reading/arrays/said_axes.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/place.hpp"
#include "reading/arrays/array_name.hpp"
#include "reading/arrays/said_sizes.hpp"
#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

/// Axes that are not those as usual, and why; or what is open.
struct SaidAxes {
  Axes axes;
  std::string note;
  std::optional<Finding> open;
};

bool is(const std::optional<SaidSize>& said, std::size_t size) {
  return said && said->size == size;
}
bool is_other(const std::optional<SaidSize>& said, std::size_t size) {
  return said && said->size != size;
}

/// `num_layers is 3`, `layer_ids lists 3`
std::string text_of(const std::optional<SaidSize>& said) {
  return called(said->name) + (said->listed ? " lists " : " is ") + std::to_string(said->size);
}

/// What the file says, both where it does.
std::string text_of(const SaidSizes& said) {
  if (!said.layers || !said.heads) return text_of(said.layers ? said.layers : said.heads);
  return text_of(said.layers) + " and " + text_of(said.heads);
}

std::string option_of(const Axes& axes) {
  std::string option = "$axes " + axes_option(axes);
  for (const Axis axis : axes) {
    if (axis == Axis::batch) option += " and $batch 0";
  }
  return option;
}

/// An axis that may be one thing or another.
Finding open_axes(const Shape& shape, const Axes& one, const Axes& other, const std::string& why) {
  return {"shape " + shape_text(shape) + " may be " + axes_text(one) + " or " + axes_text(other) +
              ", as " + why,
          "say which: " + option_of(one) + ", or " + option_of(other)};
}

/// [layers or heads, query, key]
SaidAxes of_matrices(const SaidSizes& said, const std::string& name, const Shape& shape) {
  using enum Axis;
  const std::size_t first = shape.front();
  const Axes layers{layer, query, key}, heads{head, query, key}, batches{batch, query, key};
  const SaidLayers by_name = said_layers(name);
  const bool yes = by_name == SaidLayers::yes;
  const std::string named = called(name) + " says";
  if (is(said.layers, first) && is(said.heads, first) && !yes) {
    return {{}, "", open_axes(shape, layers, heads, text_of(said))};
  }
  if (is(said.layers, first)) return {layers, "as " + text_of(said.layers), {}};
  if (yes && is(said.heads, first)) {
    return {{}, "", open_axes(shape, layers, heads, named + " layers, and " + text_of(said.heads))};
  }
  if (yes) return {layers, "as " + named, {}};
  if (is(said.heads, first)) return {};
  if (said.heads) {
    return {
        {}, "", open_axes(shape, said.heads->size == 1 ? batches : heads, layers, text_of(said))};
  }
  if (by_name == SaidLayers::maybe) {
    return {{}, "", open_axes(shape, layers, heads, named + " something of layers")};
  }
  return {};
}

/// [layer, head, query, key], unless sizes say otherwise, or the name that of what one module
/// gives.
SaidAxes of_stack(const SaidSizes& said, const std::string& name, const Shape& shape) {
  using enum Axis;
  const std::size_t first = shape[0], second = shape[1];
  if (first > 1 && !said.layers && name.ends_with("attn_output_weights")) {
    return {{},
            "",
            open_axes(shape, {batch, head, query, key}, {layer, head, query, key},
                      "nn.MultiheadAttention calls the weights of one layer so")};
  }
  const bool other_layers = first > 1 && is_other(said.layers, first);
  const bool other_heads = second > 1 && is_other(said.heads, second);
  if (!other_layers && !other_heads) return {};
  Axes other{batch, head, query, key};
  if (!other_layers) {
    other = {layer, batch, query, key};
  } else if (is(said.layers, second)) {
    other = {is(said.heads, first) ? head : batch, layer, query, key};
  } else if (is(said.heads, first)) {
    other = {head, layer, query, key};
  }
  return {{}, "", open_axes(shape, {layer, head, query, key}, other, text_of(said))};
}

/// [layer, batch, head, query, key], unless the batch is as long as there are layers.
SaidAxes of_batches(const SaidSizes& said, const Shape& shape) {
  using enum Axis;
  if (!is(said.layers, shape[1]) || shape[0] == shape[1]) return {};
  return {{},
          "",
          open_axes(shape, {layer, batch, head, query, key}, {batch, layer, head, query, key},
                    text_of(said.layers))};
}

/// An array without a name is called as its file; empty where the name numbers a layer.
std::string name_of(const NamedTensor& array, const std::string& source) {
  const auto folder = source.find_last_of("/\\");
  const std::string file = folder == source.npos ? source : source.substr(folder + 1);
  const std::string name = array.name.empty() ? file.substr(0, file.rfind('.')) : array.name;
  const ArrayName said = array_name(name);
  const bool numbered = std::any_of(said.words.begin(), said.words.end(), counts_layers);
  return numbered ? "" : name;
}

void report(Reading& reading, const Finding& finding, Faults faults) {
  if (faults == Faults::refused) throw InputError(reading.source, finding.what, finding.cure);
  reading.findings.push_back(finding);
}

}  // namespace

Axes said_axes(Reading& reading, const Dump& dump, const NamedTensor& array, Faults faults) {
  const Shape& shape = array.tensor.shape();
  const SaidSizes said = said_sizes(dump);
  const SaidAxes found = shape.size() == 3 && shape[0] > 1
                             ? of_matrices(said, name_of(array, dump.source), shape)
                         : shape.size() == 4 ? of_stack(said, name_of(array, dump.source), shape)
                         : shape.size() == 5 ? of_batches(said, shape)
                                             : SaidAxes{};
  if (found.open) report(reading, *found.open, faults);
  if (!found.note.empty()) reading.notes.push_back("the first axis is layers, " + found.note);
  return found.axes;
}

void look_for_said_layers(Reading& reading, const Dump& dump, std::size_t rank, Faults faults) {
  using enum Axis;
  const std::size_t layers = reading.layers.size(), heads = reading.heads();
  const SaidSizes said = said_sizes(dump);
  const bool swapped = is(said.layers, heads) && is_other(said.layers, layers);
  if (heads < 2 || rank != 3 || !swapped || is(said.heads, heads)) return;
  const Axes each{layer, head, query, key};
  const Axes other{is(said.heads, layers) ? head : batch, layer, query, key};
  report(reading,
         {counted(layers, "array") + " of " + std::to_string(heads) + " matrices may be " +
              axes_text(each) + " or " + axes_text(other) + ", as " + text_of(said),
          "say which: " + option_of(each) + ", or " + option_of(other)},
         faults);
}

}  // namespace attngraph
