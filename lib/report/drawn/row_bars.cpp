#include "report/drawn/row_bars.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/error.hpp"
#include "core/number_text.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_groups = 12;
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

bool is_known(const Column& column) { return column.known == Known::yes; }

bool is_real(const Column& column) {
  return column.type == ColumnType::real || column.type == ColumnType::real32;
}

/// The index that rows are finest in: the one with a label right behind it, else the last before
/// the first measure.
std::size_t finest_index(const Schema& schema) {
  for (std::size_t i = 1; i < schema.size(); ++i) {
    if (!schema[i].label_of.empty() && schema[i].label_of == schema[i - 1].name) return i - 1;
  }
  const auto first = std::find_if(schema.begin(), schema.end(), is_real);
  std::size_t index = 0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(first - schema.begin()); ++i) {
    if (schema[i].type == ColumnType::integer && schema[i].rank == 0) index = i;
  }
  return index;
}

/// The known column with the labels of `index`; `index` itself where there is none.
std::size_t label_column(const Schema& schema, std::size_t index) {
  for (std::size_t i = 0; i < schema.size(); ++i) {
    if (is_known(schema[i]) && schema[i].label_of == schema[index].name) return i;
  }
  return index;
}

std::vector<std::size_t> measures_of(const Schema& schema, std::size_t index) {
  std::vector<std::size_t> all, foremost;
  for (std::size_t i = index + 1; i < schema.size(); ++i) {
    const Column& column = schema[i];
    if (!is_known(column) || column.type == ColumnType::text || !column.label_of.empty()) continue;
    all.push_back(i);
    if (column.rank == 0) foremost.push_back(i);
  }
  return foremost.empty() ? all : foremost;
}

std::string text_of(const Values& values, std::size_t row) {
  if (const auto* texts = std::get_if<std::vector<std::string>>(&values)) return (*texts)[row];
  if (const auto* whole = std::get_if<std::vector<std::int64_t>>(&values)) {
    return number_text((*whole)[row]);
  }
  return {};
}

double number_of(const Values& values, std::size_t row) {
  if (const auto* doubles = std::get_if<std::vector<double>>(&values)) return (*doubles)[row];
  if (const auto* floats = std::get_if<std::vector<float>>(&values)) {
    return static_cast<double>((*floats)[row]);
  }
  const auto* whole = std::get_if<std::vector<std::int64_t>>(&values);
  return whole ? static_cast<double>((*whole)[row]) : nothing;
}

}  // namespace

void RowBars::begin_rows(const Schema& schema) {
  schema_ = schema;
  index_ = finest_index(schema);
  label_ = label_column(schema, index_);
  measures_ = measures_of(schema, index_);
  if (measures_.empty()) {
    throw ArgumentError("$format", "chart draws numbers, and the rows of this answer have none");
  }
}

std::size_t RowBars::bar(const Chunk& chunk, std::size_t row) {
  const std::string index = text_of(chunk[index_], row);
  const auto [place, is_new] = bar_of_.try_emplace(index, bars_.labels.size());
  if (!is_new) return place->second;
  in_order_ = in_order_ && index == std::to_string(bars_.labels.size());
  bars_.labels.push_back(text_of(chunk[label_], row));
  labelled_ = labelled_ || bars_.labels.back() != index;
  for (BarGroup& group : bars_.groups) group.values.push_back(nothing);
  return place->second;
}

std::size_t RowBars::groups(const std::string& title) {
  const auto [place, is_new] = groups_of_.try_emplace(title, bars_.groups.size());
  if (!is_new) return place->second;
  for (const std::size_t measure : measures_) {
    bars_.groups.push_back(
        {title, schema_[measure].name, std::vector<double>(bars_.labels.size(), nothing)});
  }
  if (bars_.groups.size() > most_groups) {
    throw LimitError("", "over " + std::to_string(most_groups) + " groups of bars in one picture",
                     "choose fewer heads with $layer and $head, or fewer measures");
  }
  return place->second;
}

std::string RowBars::group_title(const Chunk& chunk, std::size_t row) const {
  std::string title;
  for (std::size_t i = 0; i < index_; ++i) {
    const Column& column = schema_[i];
    if (!is_known(column) || !column.label_of.empty() || column.rank > 0) continue;
    const std::string text = text_of(chunk[label_column(schema_, i)], row);
    if (!text.empty()) title += (title.empty() ? "" : ", ") + column.name + " " + text;
  }
  return title;
}

void RowBars::rows(const Chunk& chunk) {
  for (std::size_t row = 0; row < row_count(chunk); ++row) {
    const std::size_t place = bar(chunk, row);
    const std::size_t first = groups(group_title(chunk, row));
    for (std::size_t m = 0; m < measures_.size(); ++m) {
      bars_.groups[first + m].values[place] = number_of(chunk[measures_[m]], row);
    }
  }
}

void RowBars::finish() {
  if (bars_.groups.empty()) return;
  bars_.text = labelled_ && in_order_;
  Picture picture;
  picture.title = title_;
  if (groups_of_.size() == 1) {  // said once, not in every group
    picture.details.push_back(bars_.groups.front().title);
    for (BarGroup& group : bars_.groups) group.title.clear();
  }
  picture.content = std::move(bars_);
  to_.picture(picture);
}

}  // namespace attngraph
