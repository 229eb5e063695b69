#include "report/token_graph.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "graph/compressed_rows.hpp"
#include "metrics/degrees.hpp"
#include "report/drawn_graph.hpp"
#include "report/graph_notes.hpp"
#include "report/graph_source.hpp"
#include "report/sink.hpp"

namespace attngraph {
namespace {

constexpr std::size_t rows_in_chunk = 65536;

EdgeArrays kept(const EdgeArrays& edges, const std::vector<char>& keep) {
  EdgeArrays rest;
  rest.nodes = edges.nodes;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (keep[i]) rest.add(edges.source[i], edges.target[i], edges.weight[i]);
  }
  return rest;
}

// Which edges are among the `count` largest of their query.
std::vector<char> largest_of_each_query(const EdgeArrays& edges, Direction direction,
                                        std::size_t count) {
  const auto& query = direction == Direction::attends ? edges.source : edges.target;
  const auto& key = direction == Direction::attends ? edges.target : edges.source;
  std::vector<std::size_t> order(edges.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (query[a] != query[b]) return query[a] < query[b];
    if (edges.weight[a] != edges.weight[b]) return edges.weight[a] > edges.weight[b];
    return key[a] != key[b] ? key[a] < key[b] : a < b;
  });
  std::vector<char> keep(edges.size(), 0);
  std::size_t place = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    place = i > 0 && query[order[i]] == query[order[i - 1]] ? place + 1 : 0;
    if (place < count) keep[order[i]] = 1;
  }
  return keep;
}

EdgeArrays asked_edges(const GraphSource& source, std::size_t i, const TokenGraphOptions& options) {
  EdgeArrays edges = source.edges(i, options.direction, options.self_loops);
  if (options.threshold) {
    std::vector<char> keep(edges.size());
    for (std::size_t e = 0; e < keep.size(); ++e) keep[e] = edges.weight[e] > *options.threshold;
    edges = kept(edges, keep);
  }
  if (options.top_k) {
    edges = kept(edges, largest_of_each_query(edges, options.direction, *options.top_k));
  }
  return edges;
}

void write_rows(const GraphSource& source, std::size_t i, const EdgeArrays& edges, Sink& sink) {
  const auto part = [](const auto& values, std::size_t begin, std::size_t end, auto zero) {
    const auto first = values.begin();
    return Values(std::vector<decltype(zero)>(first + static_cast<std::ptrdiff_t>(begin),
                                              first + static_cast<std::ptrdiff_t>(end)));
  };
  for (std::size_t begin = 0; begin < edges.size(); begin += rows_in_chunk) {
    const std::size_t end = std::min(begin + rows_in_chunk, edges.size());
    Chunk chunk = source.head_values(i, end - begin);
    chunk.push_back(part(edges.source, begin, end, std::int64_t{}));
    chunk.push_back(part(edges.target, begin, end, std::int64_t{}));
    chunk.push_back(source.single_precision() ? part(edges.weight, begin, end, float{})
                                              : part(edges.weight, begin, end, double{}));
    sink.rows(chunk);
    sink.progress(i, source.count());
  }
}

std::string title_of(const GraphSource& source, std::size_t i) {
  const HeadLabel head = source.head(i);
  const std::string name = std::holds_alternative<std::string>(head)
                               ? std::get<std::string>(head) + " of heads"
                               : "head " + std::to_string(std::get<std::int64_t>(head));
  return "layer " + std::to_string(source.layer(i)) + ", " + name;
}

void add_nodes(const GraphSource& source, const EdgeArrays& edges, const Places& where,
               DrawnGraph& graph) {
  const Vector strength = in_strength(edges);
  const double largest = std::max(strength.size() > 0 ? strength.maxCoeff() : 0.0, 1e-300);
  for (std::size_t v = 0; v < edges.nodes; ++v) {
    DrawnNode node;
    node.label = source.labels()[v];
    node.size = strength[static_cast<Index>(v)] / largest;
    if (!where.x.empty()) {
      node.x = where.x[v];
      node.y = where.y[v];
    }
    if (!where.rank.empty()) node.rank = where.rank[v];
    graph.nodes.push_back(std::move(node));
  }
}

DrawnGraph drawn(const GraphSource& source, std::size_t i, const EdgeArrays& edges,
                 const TokenGraphOptions& options) {
  DrawnGraph graph;
  graph.title = title_of(source, i);
  graph.direction = direction_name(options.direction);
  graph.layer = source.layer(i);
  graph.head = source.head(i);
  graph.edge_labels = options.edge_labels;
  graph.single_precision = source.single_precision();
  const std::vector<char> shown =
      options.top_k || options.form == GraphForm::exchange
          ? std::vector<char>(edges.size(), 1)
          : largest_of_each_query(edges, options.direction, shown_per_query);
  for (std::size_t e = 0; e < edges.size(); ++e) {
    graph.edges.push_back({edges.source[e], edges.target[e], edges.weight[e], shown[e] != 0});
    if (!shown[e]) ++graph.left_out;
  }
  graph.placed = options.layout != Layout::none;
  const Places where =
      graph.placed ? places(AttentionGraph(kept(edges, shown)), options.layout) : Places{};
  add_nodes(source, edges, where, graph);
  return graph;
}

}  // namespace

std::size_t edge_count_named(const std::string& text, const std::string& option) {
  if (text == "all") return std::numeric_limits<std::size_t>::max();
  std::size_t count = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, count);
  if (read.ec != std::errc{} || read.ptr != end || count == 0) {
    throw ArgumentError(option, "'" + text + "' is neither a number from 1 on nor all");
  }
  return count;
}

void token_graph_report(const GraphSource& source, const TokenGraphOptions& options, Sink& sink) {
  note_direction(options.direction, sink);
  if (options.form == GraphForm::rows) {
    const ColumnType weight = source.single_precision() ? ColumnType::real32 : ColumnType::real;
    Schema schema = source.head_columns();
    schema.push_back({"source", ColumnType::integer});
    schema.push_back({"target", ColumnType::integer});
    schema.push_back({"weight", weight});
    sink.begin_rows(schema);
  }
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < source.count(); ++i) {
    sink.progress(i, source.count());
    const EdgeArrays edges = asked_edges(source, i, options);
    if (options.form == GraphForm::rows) {
      write_rows(source, i, edges, sink);
    } else {
      const DrawnGraph graph = drawn(source, i, edges, options);
      left_out += graph.left_out;
      sink.graph(graph);
    }
  }
  if (left_out > 0) {
    sink.note("the drawing shows the " + std::to_string(shown_per_query) +
              " largest edges of each query and leaves out " + std::to_string(left_out) +
              "; --top-k all shows every one");
  }
}

}  // namespace attngraph
