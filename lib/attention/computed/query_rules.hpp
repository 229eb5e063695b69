#pragma once

#include <string>

#include "attention/computed/attend.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// How the queries and keys of a file are made attention: heads, scale, precision and what else
/// AttendOptions say of scores, and what is added to them or masks them.
struct QueryRules {
  AttendOptions options = {};
  Tensor mask = {}, bias = {}, sink_logits = {};
  /// The first option that says so (`$scale`); empty where none does.
  std::string option = {};
};

}  // namespace attngraph
