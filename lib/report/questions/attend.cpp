#include "report/questions/attend.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "numeric/packed_matrix.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/matrix_view.hpp"
#include "report/answer/sink.hpp"
#include "report/parts/largest_rows.hpp"

namespace attngraph {
namespace {

bool is_batch(const MultiHeadAttention& attention) {
  return attention.leading() == Leading::batch && attention.places() > 1;
}

/// The layers or batch items, and the heads, that are asked for.
struct Chosen {
  std::vector<std::size_t> places, heads;
};

Chosen chosen(const MultiHeadAttention& attention, const AttendReportOptions& options) {
  const bool layers = attention.leading() == Leading::layer;
  const std::size_t count = attention.places();
  return {
      layers ? options.layers.resolve(count, "$layer") : options.batches.resolve(count, "$batch"),
      options.heads.resolve(attention.heads(), "$head")};
}

/// The columns that say where a matrix stands.
Schema place_columns(const MultiHeadAttention& attention, bool heads) {
  Schema columns;
  if (is_batch(attention)) columns.push_back(columns::batch);
  columns.push_back(columns::layer);
  if (heads) columns.push_back(columns::head(false));
  return columns;
}

std::vector<std::int64_t> place_of(const MultiHeadAttention& attention, std::size_t place) {
  const auto index = static_cast<std::int64_t>(place);
  if (attention.leading() == Leading::layer) return {index};
  if (attention.places() > 1) return {index, 0};
  return {0};
}

MatrixPlace matrix_place(std::vector<std::int64_t> place) { return {place.begin(), place.end()}; }

void check_count(const char* option, const std::vector<std::string>& labels, std::size_t count,
                 const char* what) {
  if (labels.empty() || labels.size() == count) return;
  throw InputError(option, "has " + counted(labels.size(), "label") + ", expected " +
                               std::to_string(count) + ", one for each " + what);
}

/// Queries of the same sequence are its last tokens.
SideLabels labels_of(const MultiHeadAttention& attention, const AttendReportOptions& options) {
  check_count("$tokens", options.tokens, attention.keys(), "key");
  check_count("$query-tokens", options.query_tokens, attention.queries(), "query");
  SideLabels labels{options.query_tokens, options.tokens};
  const bool one_sequence = attention.queries() == attention.keys() ||
                            (attention.causal() && attention.queries() < attention.keys());
  if (labels.queries.empty() && !labels.keys.empty() && one_sequence) {
    labels.queries.assign(labels.keys.end() - static_cast<std::ptrdiff_t>(attention.queries()),
                          labels.keys.end());
  }
  return labels;
}

/// Rows of the largest weights alone could be those of one text: where queries and keys are of two,
/// marked labels part them, as in a graph of both.
SideLabels parted(SideLabels labels, const MultiHeadAttention& attention) {
  if (attention.queries() == attention.keys()) return labels;
  const auto mark = [](std::vector<std::string>& side, std::size_t size, const char* letter) {
    for (std::size_t i = side.size(); i < size; ++i) side.push_back(std::to_string(i));
    for (std::string& label : side) label.insert(0, letter);
  };
  mark(labels.queries, attention.queries(), "q:");
  mark(labels.keys, attention.keys(), "k:");
  return labels;
}

MatrixSeries weight_series(const MultiHeadAttention& attention, const Chosen& chosen,
                           const SideLabels& labels) {
  MatrixSeries series;
  if (attention.leading() != Leading::none) series.shape.push_back(chosen.places.size());
  if (attention.has_head_axis()) series.shape.push_back(chosen.heads.size());
  series.shape.insert(series.shape.end(), {attention.queries(), attention.keys()});
  series.place_columns = place_columns(attention, true);
  series.row_column = columns::query;
  series.column_column = columns::key;
  series.value_column = columns::weight;
  label_rows(series, labels.queries);
  label_columns(series, labels.keys);
  series.single_precision = attention.single_precision();
  return series;
}

MatrixSeries feature_series(const MultiHeadAttention& attention, const Chosen& chosen,
                            const SideLabels& labels) {
  MatrixSeries series;
  if (attention.leading() != Leading::none) series.shape.push_back(chosen.places.size());
  series.shape.insert(series.shape.end(), {attention.queries(), attention.output_width()});
  series.place_columns = place_columns(attention, false);
  series.row_column = columns::query;
  series.column_column = columns::feature;
  series.value_column = columns::feature_value;
  label_rows(series, labels.queries);
  series.single_precision = attention.single_precision();
  return series;
}

/// Weights times values, into the rows of the block and the columns of the head.
template <typename Scalar>
void add_features(const RowBlock<Scalar>& block, const PackedMatrix<Scalar>& value,
                  Index first_column, MatrixOf<Scalar>& concatenated) {
  const Index keys = block.weights.cols();
  value.multiply(block.weights.data(), keys, block.weights.rows(),
                 {block.first_key, keys, 0, value.columns()}, Scalar(1),
                 &concatenated(block.first_query, first_column), concatenated.cols());
}

/// Sends rows to the sink as they are made; those that hide keys are filled up with zeros.
template <typename Scalar>
TakeRows<Scalar> whole_rows(const MultiHeadAttention& attention, const Chosen& chosen,
                            const SideLabels& labels, Sink& sink) {
  sink.begin_matrices(weight_series(attention, chosen, labels));
  const auto keys = static_cast<Index>(attention.keys());
  return [&sink, keys](const MatrixPlace& place, const RowBlock<Scalar>& block) {
    const auto first_row = static_cast<std::size_t>(block.first_query);
    std::shared_ptr<MatrixOf<Scalar>> filled;
    MatrixView view;
    if (block.weights.cols() == keys) {
      view = view_of<Scalar>(block.weights);
    } else {
      filled =
          std::make_shared<MatrixOf<Scalar>>(MatrixOf<Scalar>::Zero(block.weights.rows(), keys));
      filled->middleCols(block.first_key, block.weights.cols()) = block.weights;
      view = view_of(*filled);
    }
    view.first_row = first_row;
    return [&sink, &place, view, filled] { sink.matrix(place, view); };
  };
}

/// Calls `head(place, head, its columns)` for every head and `end(place)` behind the last of each
/// place. `head` returns how many rows are fully masked.
template <typename Head, typename End>
void for_each_head(const MultiHeadAttention& attention, const Chosen& chosen, Sink& sink,
                   const Head& head_work, const End& end) {
  const std::size_t count = chosen.places.size() * chosen.heads.size();
  std::size_t done = 0;
  Index masked_rows = 0;
  for (const std::size_t place : chosen.places) {
    for (const std::size_t head : chosen.heads) {
      auto position = place_of(attention, place);
      position.push_back(static_cast<std::int64_t>(head));
      masked_rows += head_work(place, head, matrix_place(std::move(position)));
      sink.progress(++done, count);
    }
    end(place);
  }
  if (masked_rows > 0) {
    sink.note(std::to_string(masked_rows) + (masked_rows == 1 ? " row is" : " rows are") +
              " fully masked: all weights 0");
  }
}

template <typename Scalar>
void attend_blocks(const MultiHeadAttention& attention, const Chosen& chosen,
                   const TakeRows<Scalar>& take, Sink& sink, Sink* features) {
  MatrixOf<Scalar> concatenated;
  const auto head_work = [&](std::size_t place, std::size_t head, const MatrixPlace& position) {
    std::optional<PackedMatrix<Scalar>> value;
    Index first = 0;
    if (features) {
      value.emplace(attention.value<Scalar>(place, head));
      first = static_cast<Index>(head) * value->columns();
      if (head == 0) {
        concatenated.setZero(static_cast<Index>(attention.queries()),
                             static_cast<Index>(attention.heads()) * value->columns());
      }
    }
    return attention.row_blocks_in_parallel<Scalar>(
        place, head, [&](const RowBlock<Scalar>& block) {
          if (features) add_features(block, *value, first, concatenated);
          return take(position, block);
        });
  };
  for_each_head(attention, chosen, sink, head_work, [&](std::size_t place) {
    if (!features) return;
    const MatrixOf<Scalar> output = attention.output<Scalar>(std::move(concatenated));
    features->matrix(matrix_place(place_of(attention, place)), view_of(output));
  });
}

template <typename Scalar>
void attend_in(const MultiHeadAttention& attention, const Chosen& chosen, const SideLabels& labels,
               const AttendReportOptions& options, Sink& weights, Sink* features) {
  if (!options.top_k) {
    const auto take = whole_rows<Scalar>(attention, chosen, labels, weights);
    return attend_blocks<Scalar>(attention, chosen, take, weights, features);
  }
  const std::size_t count = *options.top_k;
  const SideLabels sides = parted(labels, attention);
  const LargestRows<Scalar> largest(is_batch(attention), sides, count, weights);
  if (features || !attention.has_largest_weights(count)) {
    return attend_blocks<Scalar>(attention, chosen, largest.from_blocks(), weights, features);
  }
  const auto head_work = [&](std::size_t place, std::size_t head, const MatrixPlace& position) {
    return attention.largest_weights<Scalar>(
        place, head, count,
        [&](const LargestWeights<Scalar>& found) { largest.send(position, found); });
  };
  for_each_head(attention, chosen, weights, head_work, [](std::size_t) {});
}

}  // namespace

AnswerColumns attend_columns() {
  const SideLabels known{{"a"}, {"a"}};
  return {weight_table<double>(true, known).schema()};
}

void attend_report(const AttendInput& input, const AttendReportOptions& options, Sink& weights,
                   Sink* features) {
  const MultiHeadAttention attention(input, options.attention);
  if (options.top_k == std::size_t{0}) throw ArgumentError("$top-k", "is 0, expected 1 or more");
  if (features && !attention.has_values()) {
    throw ArgumentError("$features-out", "needs values: $value, or $input with $wv");
  }
  if (features && !options.heads.empty()) {
    throw ArgumentError("$head", "does not go with $features-out: features are of all heads");
  }
  const bool layers = attention.leading() == Leading::layer;
  (layers ? options.batches : options.layers).resolve(1, layers ? "$batch" : "$layer");
  const Chosen places = chosen(attention, options);
  const SideLabels labels = labels_of(attention, options);
  for (const auto& note : attention.notes()) weights.note(note);
  if (features) features->begin_matrices(feature_series(attention, places, labels));
  if (attention.single_precision()) {
    attend_in<float>(attention, places, labels, options, weights, features);
  } else {
    attend_in<double>(attention, places, labels, options, weights, features);
  }
}

}  // namespace attngraph
