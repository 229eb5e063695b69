#pragma once

#include <cstdint>

#include "attention/head_label.hpp"
#include "numeric/matrix.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

class Attention;

/// Checks that an option's values fit to the heads of an attention: [key, width] for every head, or
/// one for each. @throws InputError, ArgumentError
void check_values(const Attention& attention, const Tensor& value);

/// Those of one head [key, width]; empty where there are none.
Matrix values_of(const Tensor& value, std::int64_t layer, const HeadLabel& head);

}  // namespace attngraph
