#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "attention/computed/attend.hpp"
#include "core/index_list.hpp"
#include "report/answer/columns.hpp"

namespace attngraph {

class Sink;

struct AttendReportOptions {
  AttendOptions attention;
  /// Those that are asked for, all where nothing is said.
  IndexList layers = {}, heads = {}, batches = {};
  /// Rows of text with the so many largest weights of every query, as they are, instead of
  /// matrices.
  std::optional<std::size_t> top_k = {};
  /// Labels of the keys; queries of the same sequence are its last tokens. Others have their own.
  std::vector<std::string> tokens = {}, query_tokens = {};
};

/// What rows of weights have.
AnswerColumns attend_columns();

/// Attention weights of queries and keys, and the features that come out of the layer. Memory is
/// that of one head's queries, keys and values and of a few blocks of rows, never [query, key].
///
/// To `weights`: a matrix [query, key] for each head, in bands of rows, or with `top_k` rows
/// `[batch,]layer,head,query,key,weight`, of each query falling by weight, ties by lower key.
/// To `features` (may be null): a matrix [query, feature] for each batch item or layer.
/// A fully masked query has weights of zero; how many there are is noted.
/// @throws InputError, ArgumentError
void attend_report(const AttendInput& input, const AttendReportOptions& options, Sink& weights,
                   Sink* features);

}  // namespace attngraph
