#include "reading/arrays/axes.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "core/error.hpp"

namespace attngraph {
namespace {

constexpr std::array<std::string_view, 7> axis_names{"batch", "layer", "head", "query",
                                                     "key",   "token", "width"};
constexpr std::size_t axes_of_attention = 5;

std::string_view axis_name(Axis axis) { return axis_names[static_cast<std::size_t>(axis)]; }

Axis axis_named(std::string_view name) {
  const auto found = std::find(axis_names.begin(), axis_names.end(), name);
  if (found == axis_names.end()) {
    throw ArgumentError(
        "$axes", "no axis is called '" + std::string(name) + "'",
        "the axes are batch, layer, head, query and key; of queries, keys and values "
        "batch, layer, head, token and width");
  }
  return static_cast<Axis>(found - axis_names.begin());
}

bool contains(const Axes& axes, Axis axis) {
  return std::find(axes.begin(), axes.end(), axis) != axes.end();
}

void check_complete(const Axes& axes) {
  const bool tokens = contains(axes, Axis::token) || contains(axes, Axis::width);
  for (const Axis needed : tokens ? Axes{Axis::token, Axis::width} : Axes{Axis::query, Axis::key}) {
    if (contains(axes, needed)) continue;
    throw ArgumentError("$axes", "the axis " + std::string(axis_name(needed)) + " is missing",
                        tokens ? "queries and keys have at least token and width, for example "
                                 "$axes batch,token,head,width"
                               : "attention has at least query and key, for example $axes "
                                 "head,query,key");
  }
  if (tokens && (contains(axes, Axis::query) || contains(axes, Axis::key))) {
    throw ArgumentError("$axes", "names axes of attention and of queries and keys",
                        "write for example $axes batch,token,head,width");
  }
}

}  // namespace

Axes axes_named(std::string_view text) {
  Axes axes;
  while (true) {
    const auto comma = std::min(text.find(','), text.size());
    const Axis axis = axis_named(text.substr(0, comma));
    if (contains(axes, axis)) {
      throw ArgumentError("$axes",
                          "the axis " + std::string(axis_name(axis)) + " stands there twice");
    }
    axes.push_back(axis);
    if (comma == text.size()) break;
    text.remove_prefix(comma + 1);
  }
  check_complete(axes);
  return axes;
}

bool are_of_tokens(const Axes& axes) { return contains(axes, Axis::token); }

std::string axes_text(const Axes& axes) {
  std::string text = "[";
  for (const Axis axis : axes) {
    if (text.size() > 1) text += ", ";
    text += axis_name(axis);
  }
  return text + "]";
}

std::string axes_option(const Axes& axes) {
  std::string text = axes_text(axes);
  std::erase_if(text, [](char c) { return c == '[' || c == ']' || c == ' '; });
  return text;
}

Axes default_axes(std::size_t rank, bool array_per_layer) {
  using enum Axis;
  switch (rank) {
    case 2:
      return {query, key};
    case 3:
      return {head, query, key};
    case 4:
      return array_per_layer ? Axes{batch, head, query, key} : Axes{layer, head, query, key};
    case 5:
      return array_per_layer ? Axes{} : Axes{layer, batch, head, query, key};
    default:
      return {};
  }
}

Tensor with_all_axes(const Tensor& tensor, const Axes& axes) {
  assert(axes.size() == tensor.rank());
  Tensor view = tensor;
  Axes order = axes;
  for (std::size_t i = 0; i < axes_of_attention; ++i) {
    if (contains(order, static_cast<Axis>(i))) continue;
    view = view.with_axis(0);
    order.insert(order.begin(), static_cast<Axis>(i));
  }
  std::array<std::size_t, axes_of_attention> places{};
  for (std::size_t i = 0; i < order.size(); ++i) places[static_cast<std::size_t>(order[i])] = i;
  return view.permuted(places);
}

}  // namespace attngraph
