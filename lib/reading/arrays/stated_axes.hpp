#pragma once

#include <optional>
#include <string>

#include "reading/arrays/axes.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// The axes of an array by the names that the file gives them, and what gives these.
struct StatedAxes {
  std::string list;
  Axes axes;
};

/// Those of `dims`, `axes` and the like that is as long as the array has axes, all of them known;
/// nothing where there is none, or lists differ.
std::optional<StatedAxes> stated_axes(const Dump& dump, const NamedTensor& array);

}  // namespace attngraph
