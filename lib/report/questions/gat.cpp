#include "report/questions/gat.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/memory_need.hpp"
#include "report/answer/matrix_view.hpp"
#include "report/answer/sink.hpp"

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

void begin_weights(const GraphAttention& layer, const GatOptions& options, Sink& sink) {
  const Column head{"head", ColumnType::integer};
  if (options.answer == GatAnswer::edges) {
    sink.begin_rows({head,
                     {"source", ColumnType::integer},
                     {"target", ColumnType::integer},
                     {"weight", layer.single_precision() ? ColumnType::real32 : ColumnType::real}});
    return;
  }
  MatrixSeries series;
  if (layer.heads() > 1) series.shape.push_back(layer.heads());
  series.shape.insert(series.shape.end(), {layer.nodes(), layer.nodes()});
  series.place_columns = {head};
  series.row_column = "source";
  series.column_column = "target";
  series.single_precision = layer.single_precision();
  series.skip_zeros = true;
  sink.begin_matrices(series);
}

/// Rows for so many edges at a time.
constexpr std::size_t chunk_edges = 1 << 16;

void write_edges(const GraphAttention& layer, const std::vector<double>& weights, std::int64_t head,
                 Sink& sink) {
  const Neighbours& neighbours = layer.neighbours();
  std::vector<std::int64_t> sources, targets;
  std::vector<double> values;
  const auto send = [&] {
    Chunk chunk;
    chunk.emplace_back(std::vector(sources.size(), head));
    chunk.emplace_back(sources);
    chunk.emplace_back(targets);
    if (layer.single_precision()) {
      std::vector<float> rounded(values.size());
      std::transform(values.begin(), values.end(), rounded.begin(),
                     [](double value) { return static_cast<float>(value); });
      chunk.emplace_back(std::move(rounded));
    } else {
      chunk.emplace_back(values);
    }
    sink.rows(chunk);
    sources.clear();
    targets.clear();
    values.clear();
  };
  for (std::size_t i = 0; i < neighbours.nodes(); ++i) {
    for (std::size_t e = neighbours.offset[i]; e < neighbours.offset[i + 1]; ++e) {
      sources.push_back(static_cast<std::int64_t>(i));
      targets.push_back(neighbours.target[e]);
      values.push_back(weights[e]);
      if (values.size() == chunk_edges) send();
    }
  }
  if (!values.empty()) send();
}

void write_matrix(const GraphAttention& layer, const std::vector<double>& weights,
                  std::int64_t head, Sink& sink) {
  const Neighbours& neighbours = layer.neighbours();
  const auto nodes = static_cast<Index>(layer.nodes());
  Matrix matrix = Matrix::Zero(nodes, nodes);
  for (std::size_t i = 0; i < neighbours.nodes(); ++i) {
    for (std::size_t e = neighbours.offset[i]; e < neighbours.offset[i + 1]; ++e) {
      matrix(static_cast<Index>(i), neighbours.target[e]) = weights[e];
    }
  }
  MatrixPlace place;
  place.emplace_back(head);
  sink.matrix(place, view_of(matrix));
}

void write_features(const Matrix& features, bool single_precision, Sink& sink) {
  MatrixSeries series;
  series.shape = {static_cast<std::size_t>(features.rows()),
                  static_cast<std::size_t>(features.cols())};
  series.row_column = "node";
  series.column_column = "feature";
  series.value_column = "value";
  series.single_precision = single_precision;
  sink.begin_matrices(series);
  sink.matrix({}, view_of(features));
}

}  // namespace

void gat_report(const GraphAttentionInput& input, const Dump& adjacency, const GatOptions& options,
                Sink& weights, Sink* features) {
  if (input.features.empty()) throw ArgumentError("$features", "is missing");
  Neighbours neighbours = read_neighbours(adjacency, input.features.shape().at(0));
  if (options.self_loops) neighbours = with_self_loops(neighbours);
  const GraphAttention layer(input, std::move(neighbours), options.layer);
  if (const auto isolated = layer.isolated_nodes(); isolated > 0) {
    weights.note(std::to_string(isolated) +
                 (isolated == 1 ? " node has no neighbours and attends to "
                                : " nodes have no neighbours and attend to ") +
                 (options.layer.isolated == Isolated::uniform ? "all nodes alike" : "nothing"));
  }
  if (options.answer == GatAnswer::matrices) {
    check_memory(options.limits, {layer.nodes(), layer.nodes(), sizeof(double)},
                 "the matrix of one head", "csv needs the memory of the edges");
  }
  begin_weights(layer, options, weights);
  std::vector<Matrix> heads;
  for (std::size_t h = 0; h < layer.heads(); ++h) {
    GraphAttentionHead head = layer.head(h);
    const auto index = static_cast<std::int64_t>(h);
    if (options.answer == GatAnswer::edges) {
      write_edges(layer, head.weights, index, weights);
    } else {
      write_matrix(layer, head.weights, index, weights);
    }
    if (features) heads.push_back(std::move(head.features));
    weights.progress(h + 1, layer.heads());
  }
  if (features) write_features(layer.combined(heads), layer.single_precision(), *features);
}

}  // namespace attngraph
