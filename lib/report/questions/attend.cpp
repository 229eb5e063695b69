#include "report/questions/attend.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/counted.hpp"
#include "core/error.hpp"
#include "numeric/largest_entries.hpp"
#include "numeric/packed_matrix.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/matrix_view.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"

namespace attngraph {
namespace {

bool is_batch(const MultiHeadAttention& attention) {
  return attention.leading() == Leading::batch && attention.places() > 1;
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

/// The labels of both sides, none where they are not known.
struct Labels {
  std::vector<std::string> queries, keys;
};

void check_count(const char* option, const std::vector<std::string>& labels, std::size_t count,
                 const char* what) {
  if (labels.empty() || labels.size() == count) return;
  throw InputError(option, "has " + counted(labels.size(), "label") + ", expected " +
                               std::to_string(count) + ", one for each " + what);
}

/// Queries of the same sequence are its last tokens.
Labels labels_of(const MultiHeadAttention& attention, const AttendReportOptions& options) {
  check_count("$tokens", options.tokens, attention.keys(), "key");
  check_count("$query-tokens", options.query_tokens, attention.queries(), "query");
  Labels labels{options.query_tokens, options.tokens};
  const bool one_sequence = attention.queries() == attention.keys() ||
                            (attention.causal() && attention.queries() < attention.keys());
  if (labels.queries.empty() && !labels.keys.empty() && one_sequence) {
    labels.queries.assign(labels.keys.end() - static_cast<std::ptrdiff_t>(attention.queries()),
                          labels.keys.end());
  }
  return labels;
}

MatrixSeries weight_series(const MultiHeadAttention& attention, const Labels& labels) {
  MatrixSeries series;
  if (attention.leading() != Leading::none) series.shape.push_back(attention.places());
  if (attention.has_head_axis()) series.shape.push_back(attention.heads());
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

MatrixSeries feature_series(const MultiHeadAttention& attention, const Labels& labels) {
  MatrixSeries series;
  if (attention.leading() != Leading::none) series.shape.push_back(attention.places());
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

/// What to do with a block, on any thread; what it returns follows on the calling one, in order.
template <typename Scalar>
using TakeBlock = std::function<std::function<void()>(const MatrixPlace&, const RowBlock<Scalar>&)>;

/// Sends rows to the sink as they are made; those that hide keys are filled up with zeros.
template <typename Scalar>
TakeBlock<Scalar> whole_rows(const MultiHeadAttention& attention, const Labels& labels,
                             Sink& sink) {
  sink.begin_matrices(weight_series(attention, labels));
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

/// One of the largest weights.
template <typename Scalar>
struct WeightRow {
  std::int64_t batch;
  std::int64_t layer;
  std::int64_t head;
  std::int64_t query;
  std::int64_t key;
  Scalar weight;
};

template <typename Scalar>
Table<WeightRow<Scalar>> weight_table(bool batch, const Labels& labels) {
  using Row = WeightRow<Scalar>;
  Table<Row> table{};
  if (batch) table.add({columns::batch, &Row::batch});
  table.add({columns::layer, &Row::layer});
  table.add({columns::head(false), &Row::head});
  table.add({columns::query, &Row::query});
  table.add({columns::key, &Row::key});
  table.add({columns::weight.of_type(real_type(std::is_same_v<Scalar, float>)), &Row::weight});
  const auto label = [&](const Column& index, std::int64_t Row::*token,
                         const std::vector<std::string>& texts) {
    table.add({columns::label_of(index, columns::known_labels(texts)),
               [&texts, token](const Row& row) -> const std::string& {
                 return texts[static_cast<std::size_t>(row.*token)];
               }});
  };
  label(columns::query, &Row::query, labels.queries);
  label(columns::key, &Row::key, labels.keys);
  return table;
}

/// Sends the `count` largest weights of each query to the sink.
template <typename Scalar>
class LargestRows {
 public:
  /// @param labels must live as long as this
  LargestRows(const MultiHeadAttention& attention, const Labels& labels, std::size_t count,
              Sink& sink)
      : table_(weight_table<Scalar>(is_batch(attention), labels)), count_(count), sink_(sink) {
    table_.begin(sink);
  }

  void send(const MatrixPlace& place, const LargestWeights<Scalar>& found) const {
    const auto index = [&](std::size_t from_the_end) {
      return std::get<std::int64_t>(place[place.size() - from_the_end]);
    };
    std::vector<WeightRow<Scalar>> rows;
    rows.reserve(found.weight.size());
    for (std::size_t i = 0; i < found.weight.size(); ++i) {
      rows.push_back({std::get<std::int64_t>(place.front()), index(2), index(1), found.query[i],
                      found.key[i], found.weight[i]});
    }
    table_.send(rows, sink_);
  }

  /// Picks them from whole rows, where these are needed anyway.
  TakeBlock<Scalar> from_blocks() const {
    return [this](const MatrixPlace& place, const RowBlock<Scalar>& block) {
      LargestWeights<Scalar> found;
      const auto columns = static_cast<std::size_t>(block.weights.cols());
      for (Index row = 0; row < block.weights.rows(); ++row) {
        const std::span<const Scalar> entries(block.weights.row(row).data(), columns);
        for (const std::size_t column : largest_entries(entries, count_)) {
          found.query.push_back(block.first_query + row);
          found.key.push_back(block.first_key + static_cast<Index>(column));
          found.weight.push_back(entries[column]);
        }
      }
      return [this, &place, found = std::move(found)] { send(place, found); };
    };
  }

 private:
  Table<WeightRow<Scalar>> table_;
  std::size_t count_;
  Sink& sink_;
};

/// Calls `head(place, head, its columns)` for every head and `end(place)` behind the last of each
/// place. `head` returns how many rows are fully masked.
template <typename Head, typename End>
void for_each_head(const MultiHeadAttention& attention, Sink& sink, const Head& head_work,
                   const End& end) {
  const std::size_t heads = attention.heads();
  Index masked_rows = 0;
  for (std::size_t place = 0; place < attention.places(); ++place) {
    for (std::size_t head = 0; head < heads; ++head) {
      auto position = place_of(attention, place);
      position.push_back(static_cast<std::int64_t>(head));
      masked_rows += head_work(place, head, matrix_place(std::move(position)));
      sink.progress(place * heads + head + 1, attention.places() * heads);
    }
    end(place);
  }
  if (masked_rows > 0) {
    sink.note(std::to_string(masked_rows) + (masked_rows == 1 ? " row is" : " rows are") +
              " fully masked: all weights 0");
  }
}

template <typename Scalar>
void attend_blocks(const MultiHeadAttention& attention, const TakeBlock<Scalar>& take, Sink& sink,
                   Sink* features) {
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
  for_each_head(attention, sink, head_work, [&](std::size_t place) {
    if (!features) return;
    const MatrixOf<Scalar> output = attention.output<Scalar>(std::move(concatenated));
    features->matrix(matrix_place(place_of(attention, place)), view_of(output));
  });
}

template <typename Scalar>
void attend_in(const MultiHeadAttention& attention, const Labels& labels,
               const AttendReportOptions& options, Sink& weights, Sink* features) {
  if (!options.top_k) {
    return attend_blocks<Scalar>(attention, whole_rows<Scalar>(attention, labels, weights), weights,
                                 features);
  }
  const std::size_t count = *options.top_k;
  const LargestRows<Scalar> largest(attention, labels, count, weights);
  if (features || !attention.has_largest_weights(count)) {
    return attend_blocks<Scalar>(attention, largest.from_blocks(), weights, features);
  }
  const auto head_work = [&](std::size_t place, std::size_t head, const MatrixPlace& position) {
    return attention.largest_weights<Scalar>(
        place, head, count,
        [&](const LargestWeights<Scalar>& found) { largest.send(position, found); });
  };
  for_each_head(attention, weights, head_work, [](std::size_t) {});
}

}  // namespace

AnswerColumns attend_columns() {
  const Labels known{{"a"}, {"a"}};
  return {weight_table<double>(true, known).schema()};
}

void attend_report(const AttendInput& input, const AttendReportOptions& options, Sink& weights,
                   Sink* features) {
  const MultiHeadAttention attention(input, options.attention);
  if (options.top_k == std::size_t{0}) throw ArgumentError("$top-k", "is 0, expected 1 or more");
  if (features && !attention.has_values()) {
    throw ArgumentError("$features-out", "needs values: $value, or $input with $wv");
  }
  const Labels labels = labels_of(attention, options);
  for (const auto& note : attention.notes()) weights.note(note);
  if (features) features->begin_matrices(feature_series(attention, labels));
  if (attention.single_precision()) {
    attend_in<float>(attention, labels, options, weights, features);
  } else {
    attend_in<double>(attention, labels, options, weights, features);
  }
}

}  // namespace attngraph
