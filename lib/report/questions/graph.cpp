#include "report/questions/graph.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

#include "attention/computed/attend.hpp"
#include "core/error.hpp"
#include "report/answer/sink.hpp"
#include "report/parts/graph_drawing.hpp"
#include "report/parts/graph_labels.hpp"
#include "report/parts/graph_notes.hpp"
#include "report/parts/graph_source.hpp"

namespace attngraph {
namespace {

constexpr std::size_t rows_in_chunk = 65536;

// Takes the edges of one graph after another, each in one part or several, and puts rows or a
// drawing of them into the sink.
class GraphAnswer {
 public:
  GraphAnswer(const TokenGraphOptions& options, bool single_precision,
              const std::vector<std::string>& labels, std::vector<Column> head_columns, Sink& sink)
      : options_(options), single_precision_(single_precision), labels_(labels), sink_(sink) {
    note_direction(options.direction, sink);
    if (options.form != GraphForm::rows) return;
    Schema schema = std::move(head_columns);
    schema.push_back({"source", ColumnType::integer});
    schema.push_back({"target", ColumnType::integer});
    schema.push_back({"weight", single_precision ? ColumnType::real32 : ColumnType::real});
    sink.begin_rows(schema);
  }

  void begin(std::int64_t layer, const HeadLabel& head) {
    place_ = {layer, head, &labels_};
    drawn_ = {};
    shown_.clear();
    drawn_.nodes = labels_.size();
  }

  void part(EdgeArrays edges) {
    edges = chosen_edges(std::move(edges), options_.direction, options_.choice);
    if (options_.form == GraphForm::rows) return write_rows(edges);
    const bool some = options_.form == GraphForm::drawing && !options_.choice.top_k;
    const std::vector<char> shown =
        some ? largest_of_each_query(edges, options_.direction, shown_per_query)
             : std::vector<char>(edges.size(), 1);
    shown_.insert(shown_.end(), shown.begin(), shown.end());
    drawn_.source.insert(drawn_.source.end(), edges.source.begin(), edges.source.end());
    drawn_.target.insert(drawn_.target.end(), edges.target.begin(), edges.target.end());
    drawn_.weight.insert(drawn_.weight.end(), edges.weight.begin(), edges.weight.end());
  }

  void end() {
    if (options_.form == GraphForm::rows) return;
    DrawnGraph graph = drawn_graph(place_, drawn_, shown_, options_.layout);
    graph.direction = direction_name(options_.direction);
    graph.edge_labels = options_.edge_labels;
    graph.single_precision = single_precision_;
    left_out_ += graph.left_out;
    sink_.graph(graph);
  }

  void say_what_is_left_out() const {
    if (left_out_ == 0) return;
    sink_.note("the drawing shows the " + std::to_string(shown_per_query) +
               " largest edges of each query and leaves out " + std::to_string(left_out_) +
               "; $top-k all shows every one");
  }

 private:
  const TokenGraphOptions& options_;
  bool single_precision_;
  const std::vector<std::string>& labels_;
  Sink& sink_;
  DrawingPlace place_;
  EdgeArrays drawn_;
  std::vector<char> shown_;
  std::size_t left_out_ = 0;

  template <typename Out, typename In>
  static Values slice(const std::vector<In>& values, std::size_t begin, std::size_t end) {
    const auto first = values.begin();
    return std::vector<Out>(first + static_cast<std::ptrdiff_t>(begin),
                            first + static_cast<std::ptrdiff_t>(end));
  }

  void write_rows(const EdgeArrays& edges) {
    for (std::size_t begin = 0; begin < edges.size(); begin += rows_in_chunk) {
      const std::size_t end = std::min(begin + rows_in_chunk, edges.size());
      Chunk chunk{std::vector<std::int64_t>(end - begin, place_.layer)};
      std::visit(
          [&](const auto& head) {
            chunk.emplace_back(std::vector<std::decay_t<decltype(head)>>(end - begin, head));
          },
          place_.head);
      chunk.push_back(slice<std::int64_t>(edges.source, begin, end));
      chunk.push_back(slice<std::int64_t>(edges.target, begin, end));
      chunk.push_back(single_precision_ ? slice<float>(edges.weight, begin, end)
                                        : slice<double>(edges.weight, begin, end));
      sink_.rows(chunk);
    }
  }
};

// The edges of some rows of weights [query, key]; keys are nodes from `key_offset` on.
template <typename Scalar>
EdgeArrays block_edges(const RowBlock<Scalar>& block, std::size_t nodes, std::size_t key_offset,
                       const TokenGraphOptions& options) {
  EdgeArrays edges;
  edges.nodes = nodes;
  const bool attends = options.direction == Direction::attends;
  for (Index r = 0; r < block.weights.rows(); ++r) {
    const auto query = static_cast<std::size_t>(block.first_query + r);
    for (Index c = 0; c < block.weights.cols(); ++c) {
      const Scalar weight = block.weights(r, c);
      const std::size_t key = key_offset + static_cast<std::size_t>(block.first_key + c);
      if (weight <= 0 || (options.self_loops == SelfLoops::drop && query == key)) continue;
      edges.add(attends ? query : key, attends ? key : query, static_cast<double>(weight));
    }
  }
  return edges;
}

// The edges of the largest weights of some queries, by query, then key.
template <typename Scalar>
EdgeArrays largest_edges(const LargestWeights<Scalar>& found, std::size_t nodes,
                         std::size_t key_offset, const TokenGraphOptions& options) {
  std::vector<std::size_t> order(found.weight.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(found.query[a], found.key[a]) < std::pair(found.query[b], found.key[b]);
  });
  EdgeArrays edges;
  edges.nodes = nodes;
  const bool attends = options.direction == Direction::attends;
  for (const std::size_t i : order) {
    const auto query = static_cast<std::size_t>(found.query[i]);
    const std::size_t key = key_offset + static_cast<std::size_t>(found.key[i]);
    if (options.self_loops == SelfLoops::drop && query == key) continue;
    edges.add(attends ? query : key, attends ? key : query, static_cast<double>(found.weight[i]));
  }
  return edges;
}

std::vector<std::string> labels_of(const MultiHeadAttention& attention,
                                   const std::vector<std::string>& tokens) {
  if (!tokens.empty() && tokens.size() != attention.keys()) {
    throw InputError("$tokens", "has " + std::to_string(tokens.size()) + " tokens, expected " +
                                    std::to_string(attention.keys()) + ", one for each key");
  }
  const auto indices = [](std::size_t count) {
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < count; ++i) labels.push_back(std::to_string(i));
    return labels;
  };
  return node_labels(indices(attention.queries()),
                     tokens.empty() ? indices(attention.keys()) : tokens,
                     attention.queries() != attention.keys());
}

}  // namespace

void check_options(const TokenGraphOptions& options) {
  if (options.edge_labels && options.form != GraphForm::drawing) {
    throw ArgumentError("$edge-labels", "is for drawings only", "write dot or svg");
  }
  if (options.layout != Layout::none && options.form == GraphForm::rows) {
    throw ArgumentError("$layout", "is for drawings only", "write dot, svg or graphml");
  }
}

void token_graph_report(const GraphSource& source, const TokenGraphOptions& options, Sink& sink) {
  GraphAnswer answer(options, source.single_precision(), source.labels(), source.head_columns(),
                     sink);
  for (std::size_t i = 0; i < source.count(); ++i) {
    sink.progress(i, source.count());
    answer.begin(source.layer(i), source.head(i));
    answer.part(source.edges(i, options.direction, options.self_loops));
    answer.end();
  }
  answer.say_what_is_left_out();
}

void token_graph_report(const MultiHeadAttention& attention, const std::vector<std::string>& tokens,
                        const TokenGraphOptions& options, Sink& sink) {
  if (attention.leading() == Leading::batch && attention.places() > 1) {
    throw ArgumentError(
        "$query", "holds " + std::to_string(attention.places()) + " batch items, expected one",
        "choose one with $batch");
  }
  const std::vector<std::string> labels = labels_of(attention, tokens);
  GraphAnswer answer(options, attention.single_precision(), labels,
                     {{"layer", ColumnType::integer}, {"head", ColumnType::integer}}, sink);
  const std::size_t key_offset = labels.size() - attention.keys();
  const std::size_t wanted = options.choice.top_k.value_or(most_largest_weights);
  // One more than wanted, in case one of them is a self-loop that is dropped.
  const std::size_t largest = std::min(wanted, most_largest_weights) + 1;
  const auto stream = [&]<typename Scalar>(std::size_t place, std::size_t head, Scalar) {
    if (attention.has_largest_weights(largest)) {
      attention.largest_weights<Scalar>(
          place, head, largest, [&](const LargestWeights<Scalar>& found) {
            answer.part(largest_edges(found, labels.size(), key_offset, options));
          });
      return;
    }
    attention.row_blocks<Scalar>(place, head, [&](const RowBlock<Scalar>& block) {
      answer.part(block_edges(block, labels.size(), key_offset, options));
    });
  };
  std::size_t done = 0;
  const std::size_t total = attention.chosen_places().size() * attention.chosen_heads().size();
  for (const std::size_t place : attention.chosen_places()) {
    for (const std::size_t head : attention.chosen_heads()) {
      sink.progress(done++, total);
      answer.begin(static_cast<std::int64_t>(place), static_cast<std::int64_t>(head));
      attention.single_precision() ? stream(place, head, float{}) : stream(place, head, double{});
      answer.end();
    }
  }
  answer.say_what_is_left_out();
}

}  // namespace attngraph
