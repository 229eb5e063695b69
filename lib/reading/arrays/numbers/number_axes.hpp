#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reading/arrays/axes.hpp"
#include "reading/arrays/families.hpp"
#include "reading/request.hpp"

namespace attngraph {

/// What the numbers count that differ between the names of a family: an axis for each of `places`.
/// Two of them may count layers together, stages and the blocks of each.
struct NumberAxes {
  std::vector<std::size_t> places;
  Axes axes;
};

/// Whether `request.axes` name the numbers too: as many as numbers that differ, which come first,
/// and axes of each array.
bool names_numbers(const Family& arrays, const ReadingRequest& request);

/// As the request names them, else as the words before them say.
/// @param stacked each array is of a file that was given as a layer
/// @throws InputError where words leave two readings; the hint has an option for each
NumberAxes number_axes(const Family& arrays, const ReadingRequest& request,
                       const std::string& source, bool stacked);

}  // namespace attngraph
