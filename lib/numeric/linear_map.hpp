#pragma once

#include <functional>

#include "numeric/matrix.hpp"

namespace attngraph {

/// A matrix known by what it does: x -> A x.
using LinearMap = std::function<Vector(const Vector&)>;

}  // namespace attngraph
