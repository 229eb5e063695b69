#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "report/answer/sink.hpp"

namespace attngraph {

/// Whether a label column stands behind the index it belongs to, not at the end.
bool stands_behind_index(const Column& label);

/// The label columns of a series that stand at the end of a row.
std::vector<const Column*> end_labels(const MatrixSeries& series);

/// The columns of a series of matrices, one row for each entry.
Schema matrix_schema(const MatrixSeries& series);

/// The first columns of `count` rows of one matrix: where it stands.
Chunk place_columns(const MatrixPlace& place, std::size_t count);

/// Gives the entries of a matrix as rows of those columns, some thousands at a time, without zeros
/// where the series leaves them out.
void matrix_rows(const MatrixSeries& series, const MatrixPlace& place, const MatrixView& values,
                 const std::function<void(const Chunk&)>& take);

}  // namespace attngraph
