#include "writers/rows/answer_rows.hpp"

#include "report/answer/drawn_graph.hpp"

namespace attngraph {

Schema matrix_schema(const MatrixSeries& series) {
  Schema schema = series.place_columns;
  schema.push_back({series.row_column, ColumnType::integer});
  schema.push_back({series.column_column, ColumnType::integer});
  if (!series.column_labels.empty()) schema.push_back({"label", ColumnType::text});
  schema.push_back(
      {series.value_column, series.single_precision ? ColumnType::real32 : ColumnType::real});
  return schema;
}

Schema graph_schema(const DrawnGraph& graph) {
  const bool fused = std::holds_alternative<std::string>(graph.head);
  return {{"layer", ColumnType::integer},
          {"head", fused ? ColumnType::text : ColumnType::integer},
          {"source", ColumnType::integer},
          {"target", ColumnType::integer},
          {"weight", graph.single_precision ? ColumnType::real32 : ColumnType::real}};
}

Chunk graph_rows(const DrawnGraph& graph) {
  const std::size_t count = graph.edges.size();
  Chunk chunk;
  chunk.emplace_back(std::vector<std::int64_t>(count, graph.layer));
  std::visit([&](const auto& head) { chunk.emplace_back(std::vector(count, head)); }, graph.head);
  std::vector<std::int64_t> sources;
  std::vector<std::int64_t> targets;
  std::vector<double> weights;
  for (const auto& edge : graph.edges) {
    sources.push_back(edge.source);
    targets.push_back(edge.target);
    weights.push_back(edge.weight);
  }
  chunk.emplace_back(std::move(sources));
  chunk.emplace_back(std::move(targets));
  if (graph.single_precision) {
    chunk.emplace_back(std::vector<float>(weights.begin(), weights.end()));
  } else {
    chunk.emplace_back(std::move(weights));
  }
  return chunk;
}

}  // namespace attngraph
