#pragma once

#include "report/answer/sink.hpp"

namespace attngraph {

struct DrawnGraph;

/// The columns of a series of matrices as rows: its places, row, column, label, value.
Schema matrix_schema(const MatrixSeries& series);

/// The columns of a graph as rows: `layer,head,source,target,weight`.
Schema graph_schema(const DrawnGraph& graph);

/// Every edge of the graph, drawn or not.
Chunk graph_rows(const DrawnGraph& graph);

}  // namespace attngraph
