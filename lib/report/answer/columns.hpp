#pragma once

#include <string>
#include <vector>

#include "report/answer/sink.hpp"

namespace attngraph {

/// Which rows of an answer are put in order together: those of each head, where the first columns
/// say which head a row is of, or all, as where there is one for each head.
enum class OrderedTogether { those_of_a_head, all };

/// What the rows of an answer have, with everything that some input can fill.
struct AnswerColumns {
  Schema columns;
  /// The numbers under the rows.
  Schema summary = {};
  /// The option that asks for these rows, such as `$cut`; empty where none is needed.
  std::string asked_by = {};
  OrderedTogether together = OrderedTogether::those_of_a_head;
  /// The column by which `$top` alone chooses; empty where it takes rows as they come.
  std::string top_by = {};
};

/// The same, as the answer to an option.
AnswerColumns asked_by(const std::string& option, AnswerColumns answer);

/// Columns that several answers have; each says once what it means.
namespace columns {

extern const Column file, batch, layer, query, key, weight, source, target, output, input, token;
/// Of the columns of an output feature: its index and value.
extern const Column feature, feature_value;

/// The head of a file, or what heads are fused to.
Column head(bool fused);

/// The column `X_label` for the index column X.
Column label_of(const Column& index, Known known = Known::yes);
/// The same by a name of its own.
Column label(const Column& index, std::string name = "label");
/// Whether some label says more than the index it stands for, so that such columns are filled.
Known known_labels(const std::vector<std::string>& labels);

}  // namespace columns

/// Gives a series the labels of its rows or columns, in a column at the end where they say more
/// than the index.
/// @param labels one for each; empty where none are known
void label_rows(MatrixSeries& series, std::vector<std::string> labels);
void label_columns(MatrixSeries& series, std::vector<std::string> labels);

}  // namespace attngraph
