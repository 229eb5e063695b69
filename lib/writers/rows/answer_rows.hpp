#pragma once

#include "report/answer/sink.hpp"

namespace attngraph {

/// The columns of a series of matrices as rows: its places, row, column, label, value.
Schema matrix_schema(const MatrixSeries& series);

}  // namespace attngraph
