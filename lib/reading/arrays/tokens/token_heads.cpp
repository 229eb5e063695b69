#include "reading/arrays/tokens/token_heads.hpp"

#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "core/text/place.hpp"
#include "reading/arrays/numbers/numbered_arrays.hpp"
#include "reading/arrays/numbers/records.hpp"

namespace attngraph {
namespace {

NumberAxes numbers_of(const Family& arrays, const std::string& source) {
  try {
    return number_axes(arrays, {}, source, true);
  } catch (const InputError&) {
    throw InputError(
        source,
        family_text(arrays) + " have numbers in their names that may count layers, heads or inputs",
        "name them as in layer_0.head_0.q, or give the arrays of one input with $query "
        "and $key of attend, a glob for its layers");
  }
}

/// [token, width], of an array that may have a batch of one in front.
Tensor of_one_head(const NamedTensor& array, const std::string& source) {
  const Tensor& tensor = array.tensor;
  if (tensor.rank() == 2) return tensor;
  if (tensor.rank() == 3 && tensor.shape()[0] == 1) return tensor.at(0, 0);
  throw InputError(within(source, array.name),
                   "shape " + shape_text(tensor.shape()) +
                       " is that of one head by its name, expected [token, width]",
                   "save the heads of a layer in one array, [head, token, width]");
}

}  // namespace

Family by_layers(Family arrays, const Dump& dump, const ReadingRequest& request) {
  if (arrays.members.size() < 2) return arrays;
  number_by_records(arrays, dump);
  const NumberAxes numbers = numbers_of(arrays, dump.source);
  const bool heads =
      std::find(numbers.axes.begin(), numbers.axes.end(), Axis::head) != numbers.axes.end();
  if (!heads) return arrays;
  if (!request.axes.empty()) {
    throw ArgumentError("$axes", "does not go with arrays of one head each, " + family_text(arrays),
                        "they are read as [token, width]");
  }
  for (NamedTensor& array : arrays.members) array.tensor = of_one_head(array, dump.source);
  Family layers;
  for (const Tensor& layer : stacked_by_layer(arrays, numbers, dump.source)) {
    layers.members.push_back({arrays.members.front().name, layer.with_axis(0)});
    layers.names.push_back(arrays.names.front());
  }
  return layers;
}

}  // namespace attngraph
