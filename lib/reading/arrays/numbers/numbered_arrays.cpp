#include "reading/arrays/numbers/numbered_arrays.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/place.hpp"

namespace attngraph {
namespace {

using Numbers = std::vector<std::int64_t>;
/// Arrays by the numbers of their names, those that count layers apart.
using Members = std::map<Numbers, const NamedTensor*>;

bool contains(const Axes& axes, Axis axis) {
  return std::find(axes.begin(), axes.end(), axis) != axes.end();
}

Axes but_layers(const NumberAxes& numbers) {
  Axes others = numbers.axes;
  std::erase(others, Axis::layer);
  return others;
}

std::map<Numbers, Members> by_layer(const Family& arrays, const NumberAxes& numbers,
                                    const std::string& source) {
  std::map<Numbers, Members> layers;
  for (std::size_t i = 0; i < arrays.members.size(); ++i) {
    Numbers layer;
    Numbers others;
    for (std::size_t n = 0; n < numbers.places.size(); ++n) {
      const std::int64_t number = arrays.names[i].numbers[numbers.places[n]];
      (numbers.axes[n] == Axis::layer ? layer : others).push_back(number);
    }
    const NamedTensor*& place = layers[layer][others];
    if (place != nullptr) {
      throw InputError(within(source, arrays.members[i].name),
                       "has the same numbers as " + called(place->name));
    }
    place = &arrays.members[i];
  }
  return layers;
}

/// How many different numbers stand at each place: the lengths of their axes.
Shape lengths(const Members& members) {
  Shape lengths;
  for (std::size_t n = 0; n < members.begin()->first.size(); ++n) {
    std::set<std::int64_t> different;
    for (const auto& [numbers, array] : members) different.insert(numbers[n]);
    lengths.push_back(different.size());
  }
  return lengths;
}

void check_shapes(const Family& arrays, const std::string& source) {
  const NamedTensor& first = arrays.members.front();
  for (const NamedTensor& array : arrays.members) {
    if (array.tensor.shape() == first.tensor.shape()) continue;
    throw InputError(within(source, array.name), "shape " + shape_text(array.tensor.shape()) +
                                                     " differs from that of " + called(first.name));
  }
}

/// Every layer has the same of what the other numbers count.
void check_numbers(const std::map<Numbers, Members>& layers, const std::string& source) {
  const Members& first = layers.begin()->second;
  const std::string first_name = called(first.begin()->second->name);
  for (const auto& [layer, members] : layers) {
    const NamedTensor& array = *members.begin()->second;
    if (members.size() != first.size()) {
      throw InputError(within(source, array.name),
                       "its layer has " + counted(members.size(), "head") + ", that of " +
                           first_name + " has " + std::to_string(first.size()),
                       "a head of a layer is missing");
    }
    const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
    if (!std::equal(members.begin(), members.end(), first.begin(), same)) {
      throw InputError(within(source, array.name),
                       "its layer has other numbers than that of " + first_name,
                       "a head of a layer is missing");
    }
  }
  std::size_t expected = 1;
  for (const std::size_t length : lengths(first)) expected *= length;
  if (first.size() == expected) return;
  throw InputError(
      within(source, first.begin()->second->name),
      counted(first.size(), "array") + " by two numbers, expected " + std::to_string(expected),
      "an array is missing");
}

template <typename Number>
Tensor stacked(const Members& members, const Shape& shape) {
  const std::size_t size = members.begin()->second->tensor.size();
  std::vector<Number> weights(members.size() * size);
  std::size_t begin = 0;
  for (const auto& [numbers, array] : members) {
    array->tensor.copy_to(std::span<Number>(weights.data() + begin, size));
    begin += size;
  }
  return Tensor::from(std::move(weights), shape);
}

/// [numbers …, axes of each array …]
Tensor stacked(const Members& members) {
  const Tensor& first = members.begin()->second->tensor;
  Shape shape = lengths(members);
  if (shape.empty()) return first;
  shape.insert(shape.end(), first.shape().begin(), first.shape().end());
  return first.dtype() == Dtype::f64 ? stacked<double>(members, shape)
                                     : stacked<float>(members, shape);
}

/// Takes out the axes of an array that a number counts.
void take_out_counted(Family& arrays, Axes& axes, const NumberAxes& numbers,
                      const std::string& source) {
  for (std::size_t i = axes.size(); i-- > 0;) {
    if (!contains(numbers.axes, axes[i])) continue;
    for (NamedTensor& array : arrays.members) {
      if (array.tensor.shape()[i] != 1) {
        throw ArgumentError("$axes",
                            axes_text(axes) + " names what the number in the name of " +
                                within(source, array.name) + " " +
                                shape_text(array.tensor.shape()) + " counts",
                            "name the numbers too, those in the names first: for example $axes "
                            "layer,head,query,key for matrices whose names have two");
      }
      array.tensor = array.tensor.at(i, 0);
    }
    axes.erase(axes.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

}  // namespace

Axes axes_beside_heads(const Family& arrays, const NumberAxes& numbers, const std::string& source) {
  using enum Axis;
  const Shape& shape = arrays.members.front().tensor.shape();
  if (shape.size() == 2) return {query, key};
  const bool layers = contains(numbers.axes, layer);
  if (shape.size() == 3 && (layers || shape[0] == 1)) return {batch, query, key};
  if (shape.size() == 4 && shape[1] == 1 && (layers || shape[0] == 1)) {
    return {batch, head, query, key};
  }
  const std::string what = family_text(arrays) + " are heads by their names, ";
  if (shape.size() == 3) {
    throw InputError(source, what + "and the first axis of each may be layers or a batch",
                     "say which: $axes layer,query,key, or $axes batch,query,key and $batch 0; "
                     "where each has heads of its own, $axes head,query,key");
  }
  throw InputError(source, what + "expected [query, key] each, with layers or a batch before",
                   "say what the axes of each are: $axes layer,batch,query,key, or, where each has "
                   "heads of its own, $axes batch,head,query,key");
}

std::vector<std::int64_t> items_by_number(const Family& arrays, const NumberAxes& numbers) {
  const auto batch = std::find(numbers.axes.begin(), numbers.axes.end(), Axis::batch);
  if (batch == numbers.axes.end()) return {};
  const auto place = numbers.places[static_cast<std::size_t>(batch - numbers.axes.begin())];
  std::set<std::int64_t> items;
  for (const ArrayName& name : arrays.names) items.insert(name.numbers[place]);
  return {items.begin(), items.end()};
}

Family of_item(const Family& arrays, NumberAxes& numbers, std::int64_t item) {
  const auto batch = std::find(numbers.axes.begin(), numbers.axes.end(), Axis::batch);
  const auto at = numbers.places.begin() + (batch - numbers.axes.begin());
  Family one;
  for (std::size_t i = 0; i < arrays.members.size(); ++i) {
    if (arrays.names[i].numbers[*at] != item) continue;
    one.members.push_back(arrays.members[i]);
    one.names.push_back(arrays.names[i]);
  }
  numbers.places.erase(at);
  numbers.axes.erase(batch);
  return one;
}

std::vector<Tensor> stacked_by_layer(const Family& arrays, const NumberAxes& numbers,
                                     const std::string& source) {
  check_shapes(arrays, source);
  const auto layers = by_layer(arrays, numbers, source);
  check_numbers(layers, source);
  std::vector<Tensor> parts;
  for (const auto& [layer, members] : layers) parts.push_back(stacked(members));
  return parts;
}

std::vector<Tensor> put_together(const Family& arrays, const NumberAxes& numbers, const Axes& axes,
                                 const std::string& source) {
  Family each = arrays;
  Axes order = axes;
  take_out_counted(each, order, numbers, source);
  const Axes counted_axes = but_layers(numbers);
  order.insert(order.begin(), counted_axes.begin(), counted_axes.end());
  std::vector<Tensor> together = stacked_by_layer(each, numbers, source);
  for (Tensor& part : together) part = with_all_axes(part, order);
  return together;
}

}  // namespace attngraph
