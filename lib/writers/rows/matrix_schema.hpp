#pragma once

#include "report/answer/sink.hpp"

namespace attngraph {

/// The columns of a series of matrices, one row for each entry.
Schema matrix_schema(const MatrixSeries& series);

}  // namespace attngraph
