#include "report/questions/gat.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/memory_need.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/matrix_view.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"

namespace attngraph {
namespace {

Neighbours read_neighbours(const Dump& adjacency, std::size_t nodes) {
  if (adjacency.edges.size() == 1) return neighbours_of(adjacency.edges.front().edges, nodes);
  if (adjacency.edges.empty() && adjacency.tensors.size() == 1) {
    return neighbours_of(adjacency.tensors.front().tensor, nodes);
  }
  throw InputError("$adjacency", "holds " + std::to_string(adjacency.edges.size()) +
                                     " edge lists and " + std::to_string(adjacency.tensors.size()) +
                                     " tensors, expected one of either");
}

MatrixSeries weight_series(const GraphAttention& layer) {
  MatrixSeries series;
  if (layer.heads() > 1) series.shape.push_back(layer.heads());
  series.shape.insert(series.shape.end(), {layer.nodes(), layer.nodes()});
  series.place_columns = {columns::head(false)};
  series.row_column = columns::source;
  series.column_column = columns::target;
  series.value_column = columns::weight;
  series.single_precision = layer.single_precision();
  series.skip_zeros = true;
  return series;
}

struct Edge {
  std::size_t head;
  std::size_t source;
  std::int64_t target;
  double weight;
};

Table<Edge> edge_table(ColumnType weight, const std::vector<std::string>& labels, Known known) {
  return {{columns::head(false), &Edge::head},
          {columns::source, &Edge::source},
          {columns::target, &Edge::target},
          {columns::weight.of_type(weight), &Edge::weight},
          {columns::label_of(columns::source, known),
           [&labels](const Edge& edge) { return labels[edge.source]; }},
          {columns::label_of(columns::target, known),
           [&labels](const Edge& edge) { return labels[static_cast<std::size_t>(edge.target)]; }}};
}

/// Rows for so many edges at a time.
constexpr std::size_t chunk_edges = 1 << 16;

void write_edges(const GraphAttention& layer, const std::vector<double>& weights, std::size_t head,
                 const Table<Edge>& table, Sink& sink) {
  const Neighbours& neighbours = layer.neighbours();
  std::vector<Edge> edges;
  for (std::size_t i = 0; i < neighbours.nodes(); ++i) {
    for (std::size_t e = neighbours.first[i]; e < neighbours.first[i + 1]; ++e) {
      edges.push_back({head, i, neighbours.target[e], weights[e]});
    }
    if (edges.size() < chunk_edges) continue;
    table.send(edges, sink);
    edges.clear();
  }
  table.send(edges, sink);
}

void write_matrix(const GraphAttention& layer, const std::vector<double>& weights, std::size_t head,
                  Sink& sink) {
  const Neighbours& neighbours = layer.neighbours();
  const auto nodes = static_cast<Index>(layer.nodes());
  Matrix matrix = Matrix::Zero(nodes, nodes);
  for (std::size_t i = 0; i < neighbours.nodes(); ++i) {
    for (std::size_t e = neighbours.first[i]; e < neighbours.first[i + 1]; ++e) {
      matrix(static_cast<Index>(i), neighbours.target[e]) = weights[e];
    }
  }
  MatrixPlace place;
  place.emplace_back(static_cast<std::int64_t>(head));
  sink.matrix(place, view_of(matrix));
}

void write_features(const Matrix& features, bool single_precision, Sink& sink) {
  MatrixSeries series;
  series.shape = {static_cast<std::size_t>(features.rows()),
                  static_cast<std::size_t>(features.cols())};
  series.row_column = {.name = "node", .about = "node of the graph, counted from 0", .rank = 0};
  series.column_column = columns::feature;
  series.value_column = columns::feature_value;
  series.single_precision = single_precision;
  sink.begin_matrices(series);
  sink.matrix({}, view_of(features));
}

}  // namespace

AnswerColumns gat_columns() { return {edge_table(ColumnType::real, {}, Known::yes).schema()}; }

void gat_report(const GraphAttentionInput& input, const Dump& adjacency, const GatOptions& options,
                Sink& weights, Sink* features) {
  if (input.features.empty()) throw ArgumentError("$features", "is missing");
  if (input.features.rank() != 2) {
    throw InputError("$features", "has shape " + shape_text(input.features.shape()) +
                                      ", expected [node, width]");
  }
  Neighbours neighbours = read_neighbours(adjacency, input.features.shape()[0]);
  if (options.self_loops) neighbours = with_self_loops(neighbours);
  const GraphAttention layer(input, std::move(neighbours), options.layer);
  if (const auto isolated = layer.isolated_nodes(); isolated > 0) {
    weights.note(std::to_string(isolated) +
                 (isolated == 1 ? " node has no neighbours and attends to "
                                : " nodes have no neighbours and attend to ") +
                 (options.layer.isolated == Isolated::uniform ? "all nodes alike" : "nothing"));
  }
  const bool matrices = weights.form() == Form::matrices;
  if (matrices) {
    check_memory(options.limits, {layer.nodes(), layer.nodes(), sizeof(double)},
                 "the matrix of one head", "csv needs the memory of the edges");
  }
  const std::vector<std::string>& labels = adjacency.tokens;
  const Table<Edge> table =
      edge_table(real_type(layer.single_precision()), labels, columns::known_labels(labels));
  if (matrices) {
    weights.begin_matrices(weight_series(layer));
  } else {
    table.begin(weights);
  }
  std::vector<Matrix> heads;
  for (std::size_t h = 0; h < layer.heads(); ++h) {
    GraphAttentionHead head = layer.head(h);
    if (matrices) {
      write_matrix(layer, head.weights, h, weights);
    } else {
      write_edges(layer, head.weights, h, table, weights);
    }
    if (features) heads.push_back(std::move(head.features));
    weights.progress(h + 1, layer.heads());
  }
  if (features) write_features(layer.combined(heads), layer.single_precision(), *features);
}

}  // namespace attngraph
