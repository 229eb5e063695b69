#include "report/attend.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attention/largest_entries.hpp"
#include "attention/packed_matrix.hpp"
#include "core/error.hpp"
#include "core/memory_need.hpp"
#include "report/matrix_view.hpp"
#include "report/sink.hpp"

namespace attngraph {
namespace {

/// The columns that say where a matrix stands, and their values.
std::vector<Column> place_columns(const MultiHeadAttention& attention, bool heads) {
  std::vector<Column> columns;
  if (attention.leading() == Leading::batch && attention.places() > 1) {
    columns.push_back({"batch", ColumnType::integer});
  }
  columns.push_back({"layer", ColumnType::integer});
  if (heads) columns.push_back({"head", ColumnType::integer});
  return columns;
}

std::vector<std::int64_t> place_of(const MultiHeadAttention& attention, std::size_t place) {
  const auto index = static_cast<std::int64_t>(place);
  if (attention.leading() == Leading::layer) return {index};
  if (attention.places() > 1) return {index, 0};
  return {0};
}

MatrixPlace matrix_place(std::vector<std::int64_t> place) { return {place.begin(), place.end()}; }

MatrixSeries weight_series(const MultiHeadAttention& attention) {
  MatrixSeries series;
  if (attention.leading() != Leading::none) series.shape.push_back(attention.places());
  if (attention.has_head_axis()) series.shape.push_back(attention.heads());
  series.shape.insert(series.shape.end(), {attention.queries(), attention.keys()});
  series.place_columns = place_columns(attention, true);
  series.single_precision = attention.single_precision();
  return series;
}

MatrixSeries feature_series(const MultiHeadAttention& attention) {
  MatrixSeries series;
  if (attention.leading() != Leading::none) series.shape.push_back(attention.places());
  series.shape.insert(series.shape.end(), {attention.queries(), attention.output_width()});
  series.place_columns = place_columns(attention, false);
  series.column_column = "feature";
  series.value_column = "value";
  series.single_precision = attention.single_precision();
  return series;
}

/// Receives one head after the other, block by block; blocks may come on several threads.
template <typename Scalar>
class WeightTaker {
 public:
  virtual ~WeightTaker() = default;
  virtual void begin_head(const std::vector<std::int64_t>& place) = 0;
  /// @returns what is left to do on the calling thread, in order of the blocks
  virtual std::function<void()> block(const RowBlock<Scalar>& block) = 0;
  virtual void end_head() = 0;
};

template <typename Scalar>
class WholeMatrices : public WeightTaker<Scalar> {
 public:
  WholeMatrices(const MultiHeadAttention& attention, Sink& sink)
      : weights_(attention.queries(), attention.keys()), sink_(sink) {
    sink.begin_matrices(weight_series(attention));
  }
  void begin_head(const std::vector<std::int64_t>& place) override {
    place_ = place;
    weights_.setZero();
  }
  std::function<void()> block(const RowBlock<Scalar>& block) override {
    weights_.block(block.first_query, block.first_key, block.weights.rows(), block.weights.cols()) =
        block.weights;
    return {};
  }
  void end_head() override { sink_.matrix(matrix_place(place_), view_of(weights_)); }

 private:
  MatrixOf<Scalar> weights_;
  Sink& sink_;
  std::vector<std::int64_t> place_;
};

template <typename Scalar>
class LargestWeights : public WeightTaker<Scalar> {
 public:
  LargestWeights(const MultiHeadAttention& attention, std::size_t count, Sink& sink)
      : count_(count), sink_(sink) {
    Schema schema = place_columns(attention, true);
    places_ = schema.size();
    schema.push_back({"query", ColumnType::integer});
    schema.push_back({"key", ColumnType::integer});
    schema.push_back(
        {"weight", std::is_same_v<Scalar, float> ? ColumnType::real32 : ColumnType::real});
    sink.begin_rows(schema);
  }
  void begin_head(const std::vector<std::int64_t>& place) override { place_ = place; }
  std::function<void()> block(const RowBlock<Scalar>& block) override {
    std::vector<std::vector<std::int64_t>> indices(places_ + 2);
    std::vector<Scalar> weights;
    const auto columns = static_cast<std::size_t>(block.weights.cols());
    for (Index row = 0; row < block.weights.rows(); ++row) {
      const std::span<const Scalar> entries(block.weights.row(row).data(), columns);
      for (const std::size_t column : largest_entries(entries, count_)) {
        for (std::size_t i = 0; i < places_; ++i) indices[i].push_back(place_[i]);
        indices[places_].push_back(block.first_query + row);
        indices[places_ + 1].push_back(block.first_key + static_cast<Index>(column));
        weights.push_back(entries[column]);
      }
    }
    Chunk chunk(std::make_move_iterator(indices.begin()), std::make_move_iterator(indices.end()));
    chunk.emplace_back(std::move(weights));
    return [this, chunk = std::move(chunk)] { sink_.rows(chunk); };
  }
  void end_head() override {}

 private:
  std::size_t count_;
  Sink& sink_;
  std::size_t places_ = 0;
  std::vector<std::int64_t> place_;
};

/// Weights times values, into the rows of the block and the columns of the head.
template <typename Scalar>
void add_features(const RowBlock<Scalar>& block, const PackedMatrix<Scalar>& value,
                  Index first_column, MatrixOf<Scalar>& concatenated) {
  const Index keys = block.weights.cols();
  value.multiply(block.weights.data(), keys, block.weights.rows(),
                 {block.first_key, keys, 0, value.columns()}, Scalar(1),
                 &concatenated(block.first_query, first_column), concatenated.cols());
}

template <typename Scalar>
void attend(const MultiHeadAttention& attention, WeightTaker<Scalar>& taker, Sink& progress,
            Sink* features) {
  const std::size_t heads = attention.heads();
  Index masked_rows = 0;
  for (std::size_t place = 0; place < attention.places(); ++place) {
    MatrixOf<Scalar> concatenated;
    for (std::size_t head = 0; head < heads; ++head) {
      auto position = place_of(attention, place);
      position.push_back(static_cast<std::int64_t>(head));
      std::optional<PackedMatrix<Scalar>> value;
      if (features) value.emplace(attention.value<Scalar>(place, head));
      if (features && head == 0) {
        concatenated.setZero(static_cast<Index>(attention.queries()),
                             static_cast<Index>(heads) * value->columns());
      }
      const Index first = features ? static_cast<Index>(head) * value->columns() : 0;
      taker.begin_head(position);
      masked_rows +=
          attention.row_blocks_in_parallel<Scalar>(place, head, [&](const RowBlock<Scalar>& block) {
            if (features) add_features(block, *value, first, concatenated);
            return taker.block(block);
          });
      taker.end_head();
      progress.progress(place * heads + head + 1, attention.places() * heads);
    }
    if (!features) continue;
    const MatrixOf<Scalar> output = attention.output<Scalar>(std::move(concatenated));
    features->matrix(matrix_place(place_of(attention, place)), view_of(output));
  }
  if (masked_rows > 0) {
    progress.note(std::to_string(masked_rows) + (masked_rows == 1 ? " row is" : " rows are") +
                  " fully masked: all weights 0");
  }
}

template <typename Scalar>
void attend_in(const MultiHeadAttention& attention, const AttendReportOptions& options,
               Sink& weights, Sink* features) {
  if (options.top_k) {
    LargestWeights<Scalar> taker(attention, *options.top_k, weights);
    attend<Scalar>(attention, taker, weights, features);
  } else {
    WholeMatrices<Scalar> taker(attention, weights);
    attend<Scalar>(attention, taker, weights, features);
  }
}

}  // namespace

void attend_report(const AttendInput& input, const AttendReportOptions& options, Sink& weights,
                   Sink* features) {
  const MultiHeadAttention attention(input, options.attention);
  if (options.top_k == std::size_t{0}) throw ArgumentError("--top-k", "is 0, expected 1 or more");
  if (features && !attention.has_values()) {
    throw ArgumentError("--features-out", "needs values: --value, or --input with --wv");
  }
  if (!options.top_k) {
    check_memory(options.limits,
                 {attention.queries(), attention.keys(), attention.single_precision() ? 4u : 8u},
                 "the weights of one head", "--top-k needs only the memory of a block of rows");
  }
  for (const auto& note : attention.notes()) weights.note(note);
  if (features) features->begin_matrices(feature_series(attention));
  if (attention.single_precision()) {
    attend_in<float>(attention, options, weights, features);
  } else {
    attend_in<double>(attention, options, weights, features);
  }
}

}  // namespace attngraph
