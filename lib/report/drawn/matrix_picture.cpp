#include "report/drawn/matrix_picture.hpp"

#include <utility>

#include "core/error.hpp"
#include "core/text/number_text.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_cells = 20'000'000;

/// `rollout` as the name of an axis: `Rollout`.
std::string axis_name(std::string name) {
  if (!name.empty() && name.front() >= 'a' && name.front() <= 'z') name.front() -= 'a' - 'A';
  return name;
}

std::string title_of(const MatrixPlace& place, const Schema& columns) {
  std::string title;
  for (std::size_t i = 0; i < place.size(); ++i) {
    const auto* index = std::get_if<std::int64_t>(&place[i]);
    title += (title.empty() ? "" : ", ") + columns[i].name + " " +
             (index ? number_text(*index) : std::get<std::string>(place[i]));
  }
  return title;
}

}  // namespace

void MatrixPicture::begin_matrices(const MatrixSeries& series) {
  series_ = series;
  map_.rows = series.shape[series.shape.size() - 2];
  map_.columns = series.shape.back();
  map_.row_labels = series.row_labels;
  map_.column_labels = series.column_labels;
  map_.row_axis = axis_name(series.row_column.name);
  map_.column_axis = axis_name(series.column_column.name);
  map_.value_name = series.value_column.name;
}

void MatrixPicture::matrix(const MatrixPlace& place, MatrixView values) {
  if (values.first_row == 0) map_.panels.push_back({title_of(place, series_.place_columns), {}});
  if (map_.panels.size() * map_.rows * map_.columns > most_cells) {
    throw LimitError("", "one picture of all these matrices has over 20 million cells",
                     "choose some with $layer and $head");
  }
  for (std::size_t i = 0; i < values.rows * values.columns; ++i) {
    map_.panels.back().values.push_back(static_cast<float>(values[i]));
  }
}

void MatrixPicture::finish() {
  map_.panels_per_row = near_square(map_.panels.size());
  const double percentile = usual_percentile(map_);
  fit_range(map_, percentile);
  Picture picture;
  picture.title = title_;
  tell_percentile(picture, map_, percentile, "values");
  picture.content = std::move(map_);
  to_.picture(picture);
}

}  // namespace attngraph
