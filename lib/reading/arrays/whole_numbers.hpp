#pragma once

#include <vector>

#include "tensor/tensor.hpp"

namespace attngraph {

/// The numbers in front: at most 1024 along each axis, enough to tell what they are.
std::vector<double> numbers_in_front(const Tensor& tensor);

/// Whether there are numbers and those in front are 0, 1, 2 …, of whatever type: JSON knows one.
bool holds_whole_numbers(const Tensor& tensor);

}  // namespace attngraph
