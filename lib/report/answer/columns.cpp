#include "report/answer/columns.hpp"

#include <utility>

#include "graph/node_labels.hpp"

namespace attngraph {

AnswerColumns asked_by(const std::string& option, AnswerColumns answer) {
  answer.asked_by = option;
  return answer;
}

namespace columns {
namespace {

using enum ColumnType;

constexpr std::string_view label_meaning = "label of that token, its index where none is known";

Column index(std::string name, std::string_view about) {
  return {.name = std::move(name), .type = integer, .about = about, .rank = 0};
}

}  // namespace

const Column file{.name = "file", .type = text, .about = "input that the row is about", .rank = 0};
const Column batch = index("batch", "item of the batch, counted from 0");
const Column layer = index("layer", "layer, counted from 0 as in the file");
const Column query = index("query", "token that attends, counted from 0");
const Column key = index("key", "token that is attended to, counted from 0");
const Column weight{
    .name = "weight", .about = "attention weight: the share of its row that goes there", .rank = 0};
const Column source = index("source", "token where the edge begins, counted from 0");
const Column target = index("target", "token where the edge ends, counted from 0");
const Column output = index("output", "token at the end of the last layer, counted from 0");
const Column input = index("input", "token before the first layer, counted from 0");
const Column token = index("token", "token that the row is about, counted from 0");
const Column feature = index("feature", "column of the output, counted from 0");
const Column feature_value{.name = "value", .about = "value of the output there", .rank = 0};

Column head(bool fused) {
  return {
      .name = "head",
      .type = label_type(fused),
      .about = "head, counted from 0 in its layer; mean, max or min of all where they are fused",
      .rank = 0};
}

Column label_of(const Column& index, Known known) {
  return label(index, index.name + "_label").where(known);
}

Known known_labels(const std::vector<std::string>& labels) {
  return tell_more_than_indices(labels) ? Known::yes : Known::no;
}

Column label(const Column& index, std::string name) {
  return {.name = std::move(name),
          .type = text,
          .about = label_meaning,
          .rank = index.rank,
          .label_of = index.name};
}

}  // namespace columns

void label_rows(MatrixSeries& series, std::vector<std::string> labels) {
  series.row_label = columns::label_of(series.row_column, columns::known_labels(labels));
  series.row_labels = std::move(labels);
}

void label_columns(MatrixSeries& series, std::vector<std::string> labels) {
  series.column_label = columns::label_of(series.column_column, columns::known_labels(labels));
  series.column_labels = std::move(labels);
}

}  // namespace attngraph
