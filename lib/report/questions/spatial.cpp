#include "report/questions/spatial.hpp"

#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/memory_need.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/matrix_view.hpp"
#include "report/answer/sink.hpp"

namespace attngraph {
namespace {

std::vector<std::string> pixel_labels(const SpatialAttention& attention) {
  std::vector<std::string> labels;
  labels.reserve(attention.pixels());
  for (std::size_t row = 0; row < attention.height(); ++row) {
    for (std::size_t column = 0; column < attention.width(); ++column) {
      labels.push_back(std::to_string(row) + "," + std::to_string(column));
    }
  }
  return labels;
}

/// A series with one matrix for each image.
MatrixSeries image_series(const SpatialAttention& attention) {
  MatrixSeries series;
  if (attention.batched()) series.shape.push_back(attention.images());
  if (attention.images() > 1) series.place_columns.push_back(columns::batch);
  series.single_precision = attention.single_precision();
  return series;
}

MatrixSeries weight_series(const SpatialAttention& attention) {
  MatrixSeries series = image_series(attention);
  series.shape.insert(series.shape.end(), {attention.pixels(), attention.pixels()});
  series.place_columns.push_back(columns::layer);
  series.place_columns.push_back(columns::head(false));
  series.row_column = columns::query;
  series.column_column = columns::key;
  series.value_column = columns::weight;
  label_rows(series, pixel_labels(attention));
  label_columns(series, pixel_labels(attention));
  return series;
}

MatrixSeries feature_series(const SpatialAttention& attention) {
  MatrixSeries series = image_series(attention);
  series.shape.insert(series.shape.end(),
                      {attention.channels(), attention.height(), attention.width()});
  series.row_column = {.name = "channel", .about = "channel of the feature map", .rank = 0};
  series.column_column = {.name = "pixel", .about = "pixel, row by row from 0", .rank = 0};
  label_columns(series, pixel_labels(attention));
  series.value_column = columns::feature_value;
  return series;
}

template <typename Scalar>
void attend_pixels(const SpatialAttention& attention, Sink& weights, Sink* features) {
  const auto pixels = static_cast<Index>(attention.pixels());
  MatrixOf<Scalar> all(pixels, pixels);
  for (std::size_t image = 0; image < attention.images(); ++image) {
    MatrixPlace place;
    if (attention.images() > 1) place.emplace_back(static_cast<std::int64_t>(image));
    attention.row_blocks<Scalar>(image, [&](const RowBlock<Scalar>& block) {
      all.middleRows(block.first_query, block.weights.rows()) = block.weights;
    });
    if (features) {
      const MatrixOf<Scalar> attended = all * attention.values<Scalar>(image);
      const MatrixOf<Scalar> output = attention.output<Scalar>(image, attended);
      features->matrix(place, view_of(output));
    }
    place.emplace_back(std::int64_t{0});
    place.emplace_back(std::int64_t{0});
    weights.matrix(place, view_of(all));
    weights.progress(image + 1, attention.images());
  }
}

}  // namespace

AnswerColumns spatial_columns() {
  return {{columns::batch, columns::layer, columns::head(false), columns::query, columns::key,
           columns::weight, columns::label_of(columns::query), columns::label_of(columns::key)}};
}

void spatial_report(const SpatialInput& input, const SpatialOptions& options, Sink& weights,
                    Sink* features) {
  const SpatialAttention attention(input, options.scale);
  if (features && !attention.has_values()) {
    throw ArgumentError("$features-out", "needs $wv and $gamma");
  }
  check_memory(options.limits,
               {attention.pixels(), attention.pixels(), attention.single_precision() ? 4u : 8u},
               "the weights of one image", "take a smaller image");
  weights.begin_matrices(weight_series(attention));
  if (features) features->begin_matrices(feature_series(attention));
  if (attention.single_precision()) {
    attend_pixels<float>(attention, weights, features);
  } else {
    attend_pixels<double>(attention, weights, features);
  }
}

}  // namespace attngraph
