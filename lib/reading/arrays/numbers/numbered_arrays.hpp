#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "reading/arrays/numbers/number_axes.hpp"

namespace attngraph {

/// The axes of arrays that are one head each where nobody names them: [query, key], behind a batch
/// where the names count the layers, or where it is one.
/// @throws InputError where the first axis may be layers or a batch
Axes axes_beside_heads(const Family& arrays, const NumberAxes& numbers, const std::string& source);

/// The numbers that count items of a batch, in order; none where no number does.
std::vector<std::int64_t> items_by_number(const Family& arrays, const NumberAxes& numbers);

/// Those of one item, with what its number counts taken out.
Family of_item(const Family& arrays, NumberAxes& numbers, std::int64_t item);

/// The arrays put together by their numbers: for each that counts layers [numbers of others …, axes
/// of each array …].
/// @throws InputError where an array is missing or of another shape
std::vector<Tensor> stacked_by_layer(const Family& arrays, const NumberAxes& numbers,
                                     const std::string& source);

/// The arrays put together along what their numbers count, numbers of layers apart: for each of
/// these [batch, layer, head, query, key].
/// @param axes those of each array; one that a number counts too is of length 1
/// @throws InputError where an array is missing or of another shape, ArgumentError where an axis is
/// named twice
std::vector<Tensor> put_together(const Family& arrays, const NumberAxes& numbers, const Axes& axes,
                                 const std::string& source);

}  // namespace attngraph
