#include "report/drawn/row_bars.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "core/error.hpp"
#include "core/text/number_text.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_rows = 100'000;
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

bool is_known(const Column& column) { return column.known == Known::yes; }

bool is_real(const Column& column) {
  return column.type == ColumnType::real || column.type == ColumnType::real32;
}

bool is_index(const Column& column) {
  return column.type == ColumnType::integer && column.rank == 0 && column.label_of.empty();
}

/// The index that rows are finest in: before the first measure, the one with a label right behind
/// it, else the last.
std::size_t finest_index(const Schema& schema) {
  const auto end = static_cast<std::size_t>(std::find_if(schema.begin(), schema.end(), is_real) -
                                            schema.begin());
  for (std::size_t i = 1; i < end; ++i) {
    if (!schema[i].label_of.empty() && schema[i].label_of == schema[i - 1].name) return i - 1;
  }
  std::size_t index = 0;
  for (std::size_t i = 0; i < end; ++i) {
    if (is_index(schema[i])) index = i;
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

/// What is measured stands behind the index; in columns that somebody chose so that a measure
/// stands first, it is what is no whole number.
std::vector<std::size_t> measures_of(const Schema& schema) {
  const bool real_first = is_real(schema.front());
  std::vector<std::size_t> all, foremost;
  for (std::size_t i = real_first ? 0 : finest_index(schema) + 1; i < schema.size(); ++i) {
    const Column& column = schema[i];
    if (!is_known(column) || column.type == ColumnType::text || !column.label_of.empty()) continue;
    if (real_first && !is_real(column)) continue;
    all.push_back(i);
    if (column.rank == 0) foremost.push_back(i);
  }
  return foremost.empty() ? all : foremost;
}

/// Columns up to `end` that say which row it is.
std::vector<std::size_t> keys_of(const Schema& schema, std::size_t end) {
  std::vector<std::size_t> keys;
  for (std::size_t i = 0; i < end; ++i) {
    const Column& column = schema[i];
    if (is_known(column) && column.rank == 0 && column.label_of.empty() && !is_real(column)) {
      keys.push_back(i);
    }
  }
  return keys;
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

/// Rows of which no column says which they are, as somebody chose the columns, have numbers.
void number_rows(std::vector<KeyedRow>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].keys = rows[i].names = {std::to_string(i + 1)};
  }
}

}  // namespace

void RowBars::begin_rows(const Schema& schema) {
  schema_ = schema;
  measures_ = measures_of(schema);
  if (measures_.empty()) {
    std::string names;
    for (const Column& column : schema) names += (names.empty() ? "" : ", ") + column.name;
    throw ArgumentError("$format",
                        "chart draws measures, and none of the columns " + names + " is one",
                        "choose others with $columns");
  }
  keys_ = keys_of(schema, is_real(schema.front()) ? schema.size() : measures_.front());
  prose_ = schema.size();
  for (std::size_t i = measures_.front(); i < schema.size(); ++i) {
    const bool prose = is_known(schema[i]) && schema[i].type == ColumnType::text;
    if (prose && schema[i].label_of.empty()) prose_ = i;
  }
}

void RowBars::rows(const Chunk& chunk) {
  for (std::size_t row = 0; row < row_count(chunk); ++row) {
    if (rows_.size() == most_rows) {
      throw LimitError("", "over " + std::to_string(most_rows) + " bars in one picture",
                       "choose fewer rows, with $layer and $head or $top");
    }
    KeyedRow& added = rows_.emplace_back();
    for (const std::size_t key : keys_) {
      added.keys.push_back(text_of(chunk[key], row));
      added.names.push_back(text_of(chunk[label_column(schema_, key)], row));
    }
    for (const std::size_t i : measures_) added.values.push_back(number_of(chunk[i], row));
    if (prose_ < schema_.size()) prose_texts_.push_back(text_of(chunk[prose_], row));
  }
}

/// Words say nothing where indices alone tell rows apart: the type of a head.
void RowBars::leave_out_words() {
  const auto is_word = [&](std::size_t key) { return schema_[key].type == ColumnType::text; };
  std::set<std::vector<std::string>> different;
  for (const KeyedRow& row : rows_) {
    std::vector<std::string> indices;
    for (std::size_t k = 0; k < keys_.size(); ++k) {
      if (!is_word(keys_[k])) indices.push_back(row.keys[k]);
    }
    if (indices.empty() || !different.insert(std::move(indices)).second) return;
  }
  for (std::size_t k = keys_.size(); k-- > 0;) {
    if (!is_word(keys_[k])) continue;
    keys_.erase(keys_.begin() + static_cast<std::ptrdiff_t>(k));
    for (KeyedRow& row : rows_) {
      row.keys.erase(row.keys.begin() + static_cast<std::ptrdiff_t>(k));
      row.names.erase(row.names.begin() + static_cast<std::ptrdiff_t>(k));
    }
  }
}

/// A lone index that has no label, such as the place of a route, has the prose of its row beside.
void RowBars::name_by_prose() {
  if (keys_.size() != 1 || prose_ == schema_.size()) return;
  if (label_column(schema_, keys_.front()) != keys_.front()) return;
  const std::set<std::string> different(prose_texts_.begin(), prose_texts_.end());
  if (different.size() < rows_.size() || different.contains("")) return;
  for (std::size_t i = 0; i < rows_.size(); ++i) rows_[i].names[0] += " " + prose_texts_[i];
}

void RowBars::finish() {
  if (rows_.empty()) return;
  leave_out_words();
  name_by_prose();
  if (keys_.empty()) number_rows(rows_);
  std::vector<std::string> keys, measures;
  if (keys_.empty()) keys.emplace_back("row");
  for (const std::size_t i : keys_) keys.push_back(schema_[i].name);
  for (const std::size_t i : measures_) measures.push_back(schema_[i].name);
  BarsOfRows made = bars_of_rows(rows_, keys, measures);
  Picture picture;
  picture.title = title_;
  picture.details = std::move(made.details);
  picture.content = std::move(made.bars);
  to_.picture(picture);
}

}  // namespace attngraph
