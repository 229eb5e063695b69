#include "reading/reading.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/place.hpp"
#include "reading/arrays/both_sides.hpp"
#include "reading/arrays/numbers/index_note.hpp"
#include "reading/arrays/numbers/listed_numbers.hpp"
#include "reading/arrays/numbers/numbered_arrays.hpp"
#include "reading/arrays/numbers/records.hpp"
#include "reading/arrays/said_axes.hpp"
#include "reading/arrays/stages.hpp"
#include "reading/arrays/stated_axes.hpp"
#include "reading/arrays/steps/step_form.hpp"
#include "reading/arrays/tokens/batch_signs.hpp"
#include "reading/arrays/tokens/several_inputs.hpp"
#include "reading/arrays/tokens/side_tokens.hpp"
#include "reading/arrays/tokens/token_families.hpp"
#include "reading/arrays/torch_decoder.hpp"
#include "reading/chosen_batch.hpp"
#include "reading/other_reading.hpp"
#include "reading/queries_before_heads.hpp"
#include "reading/rows_of_edges.hpp"
#include "reading/stack_error.hpp"
#include "reading/step_reading.hpp"

namespace attngraph {
namespace {

/// Applies `dtype`.
Tensor read_as(const NamedTensor& array, const ReadingRequest& request, const std::string& source) {
  if (!request.dtype || *request.dtype == array.tensor.dtype()) return array.tensor;
  if (dtype_size(*request.dtype) != dtype_size(array.tensor.dtype())) {
    throw ArgumentError("$dtype", place_of(source, array) + " holds " +
                                      std::string(dtype_name(array.tensor.dtype())) +
                                      ", whose bytes cannot be read as " +
                                      std::string(dtype_name(*request.dtype)));
  }
  return array.tensor.reinterpreted(*request.dtype);
}

Axes axes_of(const NamedTensor& array, bool one_per_layer, const ReadingRequest& request,
             const std::string& source) {
  const std::size_t rank = array.tensor.rank();
  if (are_of_tokens(request.axes)) {
    throw ArgumentError(
        "$axes", "names axes of queries and keys, and " + place_of(source, array) + " is attention",
        "write for example $axes layer,head,query,key");
  }
  if (!request.axes.empty()) {
    if (request.axes.size() == rank) return request.axes;
    throw ArgumentError("$axes", axes_text(request.axes) + " names " +
                                     std::to_string(request.axes.size()) + " axes, but " +
                                     place_of(source, array) + " has shape " +
                                     shape_text(array.tensor.shape()));
  }
  Axes axes = default_axes(rank, one_per_layer);
  if (axes.empty()) {
    throw InputError(place_of(source, array),
                     "shape " + shape_text(array.tensor.shape()) +
                         " is no attention, expected 2 to " + (one_per_layer ? "4" : "5") + " axes",
                     rank > 5 ? "save one item, or name the axes of five with $axes"
                     : rank == 5
                         ? "where each array holds the layers of one input, $tensor " +
                               shell_word(array.name) + " $axes layer,batch,head,query,key"
                         : "attention is [query, key], with head, layer and batch before; $axes "
                           "names them");
  }
  return axes;
}

/// The layers in one array, its batch chosen.
void add_layers(Reading& reading, const NamedTensor& array, const ReadingRequest& request,
                Faults faults) {
  const Tensor all = with_all_axes(read_as(array, request, reading.source), reading.axes);
  reading.batches = all.shape()[0];
  check_batch_axis(reading, place_of(reading.source, array), request);
  choose_batch(reading, place_of(reading.source, array), request, faults);
  const Tensor item = all.at(0, reading.batch);
  for (std::size_t l = 0; l < item.shape()[0]; ++l) reading.layers.push_back(item.at(0, l));
}

/// Numbers that count items of a batch leave those of the item that is chosen.
Family one_item(Reading& reading, const Family& arrays, NumberAxes& numbers,
                const ReadingRequest& request, Faults faults) {
  const auto items = items_by_number(arrays, numbers);
  if (items.empty()) return arrays;
  reading.batches = items.size();
  choose_batch(reading, reading.source, request, faults);
  return of_item(arrays, numbers, items[reading.batch]);
}

/// Arrays whose names count more than layers: heads, or what the request says.
void read_numbered(Reading& reading, const Family& arrays, NumberAxes numbers,
                   const ReadingRequest& request, Faults faults) {
  Family all = arrays;
  for (NamedTensor& array : all.members) array.tensor = read_as(array, request, reading.source);
  reading.file_shape = all.members.front().tensor.shape();
  reading.numbered = numbers.axes;
  if (names_numbers(arrays, request)) {
    const auto count = static_cast<std::ptrdiff_t>(numbers.axes.size());
    reading.axes.assign(request.axes.begin() + count, request.axes.end());
  } else {
    reading.axes = request.axes.empty()
                       ? axes_beside_heads(all, numbers, reading.source)
                       : axes_of(all.members.front(), false, request, reading.source);
  }
  const bool by_number = !items_by_number(all, numbers).empty();
  all = one_item(reading, all, numbers, request, faults);
  const auto together = put_together(all, numbers, reading.axes, reading.source);
  if (!by_number) {
    reading.batches = together.front().shape()[0];
    choose_batch(reading, place_of(reading.source, all.members.front()), request, faults);
  }
  for (const Tensor& part : together) {
    const Tensor item = part.at(0, by_number ? 0 : reading.batch);
    for (std::size_t l = 0; l < item.shape()[0]; ++l) reading.layers.push_back(item.at(0, l));
  }
}

/// The same where the names call for it.
bool read_by_numbers(Reading& reading, const Family& arrays, const ReadingRequest& request,
                     Faults faults, bool stacked) {
  const NumberAxes numbers = number_axes(arrays, request, reading.source, stacked);
  const std::string note = index_note(arrays, numbers);
  if (!note.empty()) reading.notes.push_back(note);
  const bool layers = std::all_of(numbers.axes.begin(), numbers.axes.end(),
                                  [](Axis axis) { return axis == Axis::layer; });
  if (layers && !names_numbers(arrays, request)) return false;
  read_numbered(reading, arrays, numbers, request, faults);
  return true;
}

/// Arrays that hold several layers each, as the axes say, are those of different inputs, unless a
/// word says that their number counts layers too.
void refuse_stacks(const Family& arrays, const ReadingRequest& request, const std::string& source) {
  const auto layer = std::find(request.axes.begin(), request.axes.end(), Axis::layer);
  if (layer == request.axes.end() || !may_be_inputs(arrays)) return;
  const auto place = static_cast<std::size_t>(layer - request.axes.begin());
  const Shape& shape = arrays.members.front().tensor.shape();
  if (place >= shape.size() || shape[place] == 1) return;
  throw InputError(
      source,
      family_text(arrays) + " hold " + counted(shape[place], "layer") +
          " each: these are different inputs",
      "choose one with $tensor " + shell_word(arrays.members.front().name) +
          (queries(arrays.members.front()) == 1 ? "; $cross where each is a step of generate()"
                                                : ""));
}

/// What to choose of arrays that do not fit together: a family where they are several, else one
/// of the arrays.
std::string choice_of_shape(const std::vector<NamedTensor>& members, const Dump& dump) {
  const auto kinds = families(members);
  if (kinds.size() > 1) return "choose one with " + choices_of(kinds, families(dump.tensors));
  return "where these are different inputs, choose one with $tensor " +
         shell_word(members.front().name);
}

void read_arrays(Reading& reading, const ChosenArrays& chosen, const ReadingRequest& request,
                 Faults faults, const Dump& dump) {
  const auto& members = chosen.arrays.members;
  const bool said = !request.axes.empty() || request.batch;
  if (members.size() > 1) {
    if (read_by_numbers(reading, chosen.arrays, request, faults, dump.stacked)) return;
    const auto stages = request.axes.empty() ? layers_of_stages(chosen.arrays) : std::nullopt;
    if (stages) throw InputError(reading.source, stages->what, stages->cure);
  } else if (chosen.heads && request.axes.empty()) {
    return read_numbered(reading, chosen.arrays, {}, request, faults);
  }
  Axes axes;
  if (!chosen.one_per_layer && !said) {
    const auto stated = stated_axes(dump, members.front());
    axes = stated ? stated->axes : said_axes(reading, dump, members.front(), faults);
    if (stated) reading.notes.push_back("axes as " + called(stated->list) + " names them");
  }
  if (!dump.stacked) refuse_stacks(chosen.arrays, request, reading.source);
  for (const NamedTensor& array : members) {
    reading.axes =
        axes.empty() ? axes_of(array, chosen.one_per_layer, request, reading.source) : axes;
    reading.file_shape = array.tensor.shape();
    add_layers(reading, array, request, faults);
    if (reading.layers.back().shape() == reading.layers.front().shape()) continue;
    throw InputError(place_of(reading.source, array),
                     "shape " + shape_text(array.tensor.shape()) + " differs from that of " +
                         called(members.front().name) + ", " +
                         shape_text(members.front().tensor.shape()),
                     grow_by_keys(members) ? whole_steps_hint : choice_of_shape(members, dump));
  }
  reading.file_shape = members.front().tensor.shape();
  if (members.size() > 1 && !said && !dump.stacked) {
    look_for_said_layers(reading, dump, members.front().tensor.rank(), faults);
  }
}

Reading arrays_read(const Dump& dump, const ReadingRequest& request, Faults faults,
                    ChosenArrays& chosen) {
  chosen = chosen_arrays(dump, request);
  mark_decoder(chosen.arrays, dump);
  std::string numbered = number_by_records(chosen.arrays, dump);
  if (numbered.empty()) numbered = number_by_lists(chosen.arrays, dump);
  if (!numbered.empty()) chosen.notes.push_back(numbered);
  Reading reading;
  reading.source = dump.source;
  reading.notes = chosen.notes;
  reading.one_per_layer = chosen.one_per_layer;
  for (const NamedTensor& array : chosen.arrays.members) reading.arrays.push_back(array.name);
  const bool said = names_numbers(chosen.arrays, request);
  if (!said) refuse_inputs(chosen, dump);
  const auto steps = said ? std::nullopt
                          : generate_steps(chosen.arrays, dump.source,
                                           said_of_steps(request, chosen.cross_by_file));
  if (steps) {
    read_steps(reading, *steps, dump, request, faults);
  } else {
    read_arrays(reading, chosen, request, faults, dump);
  }
  return reading;
}

/// Numbers that say that they are of another type or lie in another order are a fault. Where the
/// request says the order it holds for numbers that need not sum to 1, as it does of possible
/// edges.
void look_for_other_reading(Reading& reading, const Family& arrays, const ReadingRequest& request,
                            Faults faults) {
  const NamedTensor& array = arrays.members.front();
  std::optional<Finding> found;
  bool of_sums = false;  // a fault only where rows do not sum to 1
  if (!request.dtype) found = other_dtype(array.tensor, reading.axes);
  if (!found && !reading.steps) {
    const Axes numbered = names_numbers(arrays, request) ? reading.numbered : Axes();
    found = other_axes(read_as(array, request, reading.source), reading.axes, numbered);
    of_sums = found && !request.axes.empty();
  }
  const bool said = !request.axes.empty() || request.cross || reading.steps;
  if (!found && !said) found = queries_before_heads(reading);
  of_sums = of_sums || !found;
  if (!found && !reading.steps) found = rows_of_edges(array.tensor);
  if (!found) return;
  if (faults == Faults::refused) {
    if (!of_sums) throw InputError(place_of(reading.source, array), found->what, found->cure);
    reading.row_sum_cure = found->what + "; " + found->cure;
    return;
  }
  reading.other_reading = true;
  reading.findings.push_back(*found);
}

/// Unless the notes of the file say so of this array, as those of some formats do.
void note_integers(Reading& reading, const Dump& dump, const std::string& name) {
  const Dtype dtype = reading.layers.front().dtype();
  if (is_floating(dtype)) return;
  std::string text = std::string(dtype_name(dtype)) + " values read as numbers";
  const std::string of_array = name.empty() ? text : name + ": " + text;
  const auto& said = dump.notes;
  if (std::find(said.begin(), said.end(), of_array) != said.end()) return;
  reading.notes.push_back(std::move(text));
}

}  // namespace

Reading attention_reading(const Dump& dump, const ReadingRequest& request, Faults faults) try {
  ChosenArrays chosen;
  Reading reading = arrays_read(dump, request, faults, chosen);
  look_for_other_reading(reading, chosen.arrays, request, faults);
  look_for_batch(reading, dump, chosen.arrays, request, faults);
  look_for_lists(reading, dump, !request.axes.empty(), faults);
  if (request.causal) reading.causal = request.causal;
  reading.sides = sides_of(reading, chosen.arrays, request);
  look_for_decoder(reading, chosen.arrays, request, faults);
  look_for_window(reading, request, faults);
  look_for_sink(reading, request, faults);
  note_other_queries(reading, request);
  const ArrayName& array = chosen.arrays.names.front();
  const SideTokens tokens =
      side_tokens(dump, chosen.arrays.members.front().name, {reading.queries(), reading.keys()});
  label(reading, tokens, array, request, faults);
  note_integers(reading, dump, chosen.arrays.members.front().name);
  return reading;
} catch (const InputError& error) {
  if (!dump.stacked) throw;
  throw stack_error(error);
}

std::vector<Tensor> layers_read(const Dump& dump, const ReadingRequest& request) {
  ChosenArrays chosen;
  return arrays_read(dump, request, Faults::refused, chosen).layers;
}

Family arrays_of_layers(const Dump& dump, const ReadingRequest& request) {
  if (request.tensor.empty() && (holds_queries_and_keys(dump) || holds_keys_alone(dump))) {
    std::vector<std::string> ignored;
    return token_families(dump, ignored).key;
  }
  Family arrays = chosen_arrays(dump, request).arrays;
  if (number_by_records(arrays, dump).empty()) number_by_lists(arrays, dump);
  return arrays;
}

}  // namespace attngraph
