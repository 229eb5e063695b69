#pragma once

#include <string>
#include <vector>

#include "attention/modules/pooling.hpp"
#include "report/answer/columns.hpp"

namespace attngraph {

class Sink;

/// What its rows have.
AnswerColumns pool_columns();

/// Which tokens make the pooled vector.
///
/// To `weights` a matrix `batch,token,label,weight`; to `features` (may be null) the pooled vectors
/// [batch, feature]. How many items are fully masked is noted.
/// @param tokens labels, one for each token; empty: their indices
/// @throws InputError, ArgumentError
void pool_report(const PoolingInput& input, const std::vector<std::string>& tokens, Sink& weights,
                 Sink* features);

}  // namespace attngraph
