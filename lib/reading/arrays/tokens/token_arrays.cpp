#include "reading/arrays/tokens/token_arrays.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/text/place.hpp"
#include "reading/arrays/chosen_arrays.hpp"
#include "reading/arrays/numbers/same_layers.hpp"
#include "reading/arrays/tokens/batch_signs.hpp"
#include "reading/arrays/tokens/token_families.hpp"
#include "reading/arrays/tokens/token_heads.hpp"
#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

bool contains(const Axes& axes, Axis axis) {
  return std::find(axes.begin(), axes.end(), axis) != axes.end();
}

/// Heads may have no axis of their own: what these axes are must be said.
/// @param axes with heads
void refuse_wide(const NamedTensor& array, const Axes& axes, const std::string& source) {
  Axes flat = axes;
  std::replace(flat.begin(), flat.end(), Axis::head, Axis::batch);
  throw InputError(place_of(source, array),
                   "shape " + shape_text(array.tensor.shape()) + " may be " + axes_text(axes) +
                       ", or " + axes_text(flat) + " with heads side by side in the width",
                   "say which: $axes " + axes_option(axes) + ", or how many there are with $heads");
}

/// Axes of an array in whose width heads lie side by side.
Axes axes_of_projection(const NamedTensor& array, bool one_per_layer, const ReadingRequest& request,
                        const std::string& source) {
  using enum Axis;
  const std::size_t rank = array.tensor.rank();
  const std::string shape = shape_text(array.tensor.shape());
  const bool square = rank == 2 && array.tensor.shape()[0] == array.tensor.shape()[1];
  if (rank == 2 && array_name(array.name).heads_in_width &&
      (square || !request.heads_in_width || array.name.ends_with("weight"))) {
    throw InputError(place_of(source, array),
                     "shape " + shape +
                         " may be a projection [out, in], or what it gives, [token, "
                         "width]",
                     "$axes token,width says the latter; a projection goes with $input");
  }
  if (!request.heads_in_width) {
    throw ArgumentError("$heads",
                        "is missing: " + place_of(source, array) + " " + shape +
                            " is what a projection gives, with heads side by side in the width",
                        "write how many there are, for example $heads 12");
  }
  if (rank == 2) return {token, width};
  if (rank == 3) return {batch, token, width};
  const Shape& sizes = array.tensor.shape();
  const bool flat = rank == 4 && (sizes[1] == 1 || sizes[3] > widest_head);
  if (flat && !one_per_layer) return {layer, batch, token, width};
  throw ArgumentError(
      "$heads",
      "does not go with " + place_of(source, array) + " " + shape + ", which has its heads already",
      one_per_layer || rank > 4 ? ""
                                : "where these are a batch, $axes layer,batch,token,width says so");
}

Axes axes_of(const NamedTensor& array, bool one_per_layer, const ReadingRequest& request,
             const std::string& source) {
  using enum Axis;
  if (!request.axes.empty()) return request.axes;
  const std::size_t rank = array.tensor.rank();
  const bool projection = array_name(array.name).heads_in_width && rank < 4;
  if (projection || request.heads_in_width) {
    return axes_of_projection(array, one_per_layer, request, source);
  }
  Axes said = token_axes_of_name(array.name, rank);
  if (!said.empty()) return said;
  const Shape& shape = array.tensor.shape();
  if (rank == 3 && ((one_per_layer && shape[0] == 1) || shape[2] > widest_head)) {
    refuse_wide(array, {head, token, width}, source);
  }
  if (rank == 4 && !one_per_layer && shape[3] > widest_head) {
    refuse_wide(array, {layer, head, token, width}, source);
  }
  if (one_per_layer && rank == 4) return {batch, head, token, width};
  return default_token_axes(rank, HeadAxis::own);
}

/// [layer, head, token, width], the batch chosen; [layer, token, width] where heads have no axis.
Tensor with_layers(const NamedTensor& array, const Axes& axes, const ReadingRequest& request,
                   const std::string& source) {
  const std::string place = place_of(source, array);
  if (axes.empty()) {
    throw InputError(place, "shape " + shape_text(array.tensor.shape()) + ", expected 2 to 4 axes",
                     array.tensor.rank() == 5
                         ? "of five, $axes layer,batch,head,token,width names them"
                         : "queries and keys are [token, width], with head, layer or batch before");
  }
  const bool other = request.dtype && !is_floating(array.tensor.dtype()) &&
                     dtype_size(*request.dtype) == dtype_size(array.tensor.dtype());
  Tensor view = in_token_order(other ? array.tensor.reinterpreted(*request.dtype) : array.tensor,
                               axes, place);
  if (contains(axes, Axis::batch)) {
    const std::size_t batches = view.shape()[0];
    if (!request.batch && batches > 1) {
      throw InputError(place,
                       "shape " + shape_text(array.tensor.shape()) + " read as " + axes_text(axes) +
                           " holds a batch of " + std::to_string(batches),
                       "choose one with $batch 0, or say what the axes are with $axes" +
                           std::string(axes == Axes{Axis::batch, Axis::token, Axis::width}
                                           ? ": layer,token,width where the first counts layers"
                                           : ""));
    }
    const std::size_t item = request.batch.value_or(0);
    if (item >= batches) {
      throw ArgumentError("$batch", "there is no " + std::to_string(item) + " in a batch of " +
                                        std::to_string(batches));
    }
    view = view.at(0, item);
  }
  if (!contains(axes, Axis::layer)) view = view.with_axis(0);
  if (!contains(axes, Axis::head) && !request.heads_in_width) view = view.with_axis(1);
  return view;
}

template <typename Number>
Tensor below_each_other(const std::vector<Tensor>& parts) {
  Shape shape = parts.front().shape();
  const std::size_t size = parts.front().size();
  std::vector<Number> numbers(size * parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    parts[i].copy_to(std::span<Number>(numbers.data() + i * size, size));
  }
  shape[0] *= parts.size();
  return Tensor::from(std::move(numbers), std::move(shape));
}

Tensor stacked(const Family& arrays, const ReadingRequest& request, const Dump& dump, Axes& axes) {
  const Family family = by_layers(arrays, dump, request);
  std::vector<Tensor> parts;
  for (const NamedTensor& array : family.members) {
    axes = axes_of(array, family.members.size() > 1, request, dump.source);
    parts.push_back(with_layers(array, axes, request, dump.source));
    if (parts.back().shape() == parts.front().shape()) continue;
    throw InputError(place_of(dump.source, array), "shape " + shape_text(array.tensor.shape()) +
                                                       " differs from that of " +
                                                       called(family.members.front().name));
  }
  if (parts.size() == 1) return parts.front();
  return parts.front().dtype() == Dtype::f64 ? below_each_other<double>(parts)
                                             : below_each_other<float>(parts);
}

/// Queries, keys and values of a layer go together.
void check_layers(const TokenFamilies& families, const Dump& dump, const ReadingRequest& request) {
  const NamedArrays key{families.key, "$key", dump.source};
  if (!families.query.members.empty()) {
    require_same_layers({families.query, "$query", dump.source}, key, request.cross);
  }
  if (!families.value.members.empty()) {
    require_same_layers(key, {families.value, "$value", dump.source}, false);
  }
}

/// Values of other layers than the keys: few questions need them.
void leave_out_other_values(TokenFamilies& families, const Dump& dump,
                            std::vector<std::string>& notes) {
  if (families.value.members.empty() || families.key.members.empty()) return;
  const auto other = other_layers({families.key, "$key", dump.source},
                                  {families.value, "$value", dump.source}, false);
  if (!other) return;
  notes.push_back("values are left out: " + other->what);
  families.value = {};
}

}  // namespace

Axes default_token_axes(std::size_t rank, HeadAxis heads) {
  using enum Axis;
  switch (rank) {
    case 2:
      return {token, width};
    case 3:
      return heads == HeadAxis::own ? Axes{head, token, width} : Axes{batch, token, width};
    case 4:
      return {layer, head, token, width};
    default:
      return {};
  }
}

Axes token_axes_of_name(const std::string& name, std::size_t rank) {
  using enum Axis;
  const ArrayName said = array_name(name);
  if (!said.tokens_first) {
    const bool of_a_layer = std::any_of(said.words.begin(), said.words.end(), counts_layers);
    return of_a_layer && rank == 4 ? Axes{batch, head, token, width} : Axes{};
  }
  if (rank == 3) return {token, head, width};
  return rank == 4 ? Axes{batch, token, head, width} : Axes{};
}

Tensor in_token_order(const Tensor& array, const Axes& axes, const std::string& place) {
  if (!are_of_tokens(axes)) {
    throw ArgumentError("$axes", "names axes of attention, and " + place + " is no attention",
                        "write for example $axes batch,token,head,width");
  }
  if (axes.size() != array.rank()) {
    throw ArgumentError("$axes", axes_text(axes) + " names " + std::to_string(axes.size()) +
                                     " axes, but " + place + " has shape " +
                                     shape_text(array.shape()));
  }
  std::vector<std::size_t> order;
  for (const Axis axis : {Axis::batch, Axis::layer, Axis::head, Axis::token, Axis::width}) {
    const auto found = std::find(axes.begin(), axes.end(), axis);
    if (found != axes.end()) order.push_back(static_cast<std::size_t>(found - axes.begin()));
  }
  return array.permuted(order);
}

Axes read_axes(const ReadingRequest& request) {
  using enum Axis;
  return request.heads_in_width ? Axes{layer, token, width} : Axes{layer, head, token, width};
}

TokenArrays token_arrays(const Dump& dump, const ReadingRequest& request) {
  std::vector<std::string> notes;
  TokenFamilies families = token_families(dump, notes);
  leave_out_other_values(families, dump, notes);
  refuse_batch(families, dump, request);
  TokenArrays arrays = token_arrays(families, dump, request);
  arrays.notes = std::move(notes);
  return arrays;
}

TokenArrays token_arrays(const TokenFamilies& families, const Dump& dump,
                         const ReadingRequest& request) {
  check_layers(families, dump, request);
  TokenArrays arrays;
  Axes ignored;
  const bool keys_alone = families.query.members.empty();
  if (!keys_alone) arrays.query = stacked(families.query, request, dump, arrays.axes);
  arrays.key = stacked(families.key, request, dump, keys_alone ? arrays.axes : ignored);
  if (!families.value.members.empty()) {
    arrays.value = stacked(families.value, request, dump, ignored);
  }
  const NamedTensor& asked = (keys_alone ? families.key : families.query).members.front();
  arrays.guessed_axes = request.axes.empty() && !array_name(asked.name).tokens_first && !keys_alone;
  const Tensor& first = asked.tensor;
  const auto batch = std::find(arrays.axes.begin(), arrays.axes.end(), Axis::batch);
  if (batch != arrays.axes.end()) {
    arrays.batches = first.shape()[static_cast<std::size_t>(batch - arrays.axes.begin())];
  }
  return arrays;
}

}  // namespace attngraph
