#include "report/questions/sparsify.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "attention/computed/attend.hpp"
#include "attention/computed/projected_heads.hpp"
#include "core/error.hpp"
#include "core/memory_need.hpp"
#include "report/answer/head_columns.hpp"
#include "report/answer/sink.hpp"
#include "report/parts/sparsified_heads.hpp"

namespace attngraph {
namespace {

void check(const std::string& source, const SparsifyOptions& options, std::size_t queries,
           std::size_t keys) {
  check_sparsify(options);
  if (!options.spanning_forest || queries == keys) return;
  throw InputError(source, "has " + std::to_string(queries) + " queries and " +
                               std::to_string(keys) + " keys, expected as many of each for $mst");
}

void check_value(const AttentionStack& stack, const Tensor& value) {
  const Shape& shape = value.shape();
  const std::size_t rank = shape.size();
  const auto expected = "[layer, head, " + std::to_string(stack.keys()) + ", width]";
  if (rank < 2 || rank > 4 || shape[rank - 2] != stack.keys()) {
    throw InputError("$value", "has shape " + shape_text(shape) + ", expected " + expected);
  }
  check_finite(value, "$value");
  if (rank == 2) return;
  if (stack.fused()) {
    throw ArgumentError("$fuse", "leaves no single heads, which values [head, key, width] need");
  }
  const auto layer = static_cast<std::size_t>(stack.layer_index(stack.layers() - 1));
  const auto head =
      static_cast<std::size_t>(std::get<std::int64_t>(stack.head_label(stack.heads() - 1)));
  const bool layers_fit = rank == 4 ? layer < shape[0] : stack.layers() == 1;
  if (!layers_fit || head >= shape[rank - 3]) {
    throw InputError("$value", "has shape " + shape_text(shape) +
                                   ", expected the layers and heads of the attention: " + expected);
  }
}

Matrix value_of(const Tensor& value, std::int64_t layer, const HeadLabel& head) {
  if (value.empty()) return {};
  Tensor view = value;
  if (view.rank() == 4) view = view.at(0, static_cast<std::size_t>(layer));
  if (view.rank() == 3) view = view.at(0, static_cast<std::size_t>(std::get<std::int64_t>(head)));
  return matrix_of<double>(view);
}

/// 1 more than the last key that any query of the head sees.
template <typename Scalar>
std::size_t seen_keys(const MultiHeadAttention& attention, std::size_t place, std::size_t head) {
  Index seen = 0;
  attention.row_blocks<Scalar>(place, head, [&](const RowBlock<Scalar>& block) {
    Index last = block.weights.cols();
    while (last > 0 && block.weights.col(last - 1).isZero(0)) --last;
    if (last > 0) seen = std::max(seen, block.first_key + last);
  });
  return static_cast<std::size_t>(seen);
}

/// One head by blocks of rows.
template <typename Scalar>
void sparsify_blocks(const MultiHeadAttention& attention, std::size_t place, std::size_t head,
                     const SparsifyReportOptions& options, SparsifiedHeads& heads) {
  const MatrixPlace answer_place =
      head_place(static_cast<std::int64_t>(place), static_cast<std::int64_t>(head));
  const Matrix value = heads.has_values()
                           ? Matrix(attention.value<Scalar>(place, head).template cast<double>())
                           : Matrix();
  const auto queries = static_cast<Index>(attention.queries());
  const auto keys = static_cast<Index>(attention.keys());
  const bool counted = options.sparsify.row.disparity && !attention.causal();
  const std::size_t seen = counted ? seen_keys<Scalar>(attention, place, head) : 0;
  Matrix features(heads.wants_features() ? queries : 0, value.cols());
  SparsifyLoss loss;
  OutputSquares squares;
  attention.row_blocks<Scalar>(place, head, [&](const RowBlock<Scalar>& block) {
    Matrix rows = block.weights.template cast<double>();
    const auto columns = static_cast<std::size_t>(rows.cols());
    Matrix output, sparse_output;
    if (heads.has_values()) output = rows * value.middleRows(block.first_key, rows.cols());
    std::vector<char> keep;
    for (Index row = 0; row < rows.rows(); ++row) {
      const Index own = std::max<Index>(0, block.first_query + row + keys - queries + 1);
      keep.assign(columns, 1);
      sparsify_row({rows.row(row).data(), columns},
                   attention.causal() ? static_cast<std::size_t>(own) : seen, attention.keys(),
                   options.sparsify, keep, loss);
    }
    if (options.answer == SparsifyAnswer::edges) {
      heads.edges(answer_place, block.first_query, block.first_key, rows);
    }
    if (!heads.has_values()) return;
    sparse_output = rows * value.middleRows(block.first_key, rows.cols());
    squares.add(output, sparse_output);
    if (heads.wants_features()) {
      features.middleRows(block.first_query, rows.rows()) = sparse_output;
    }
  });
  if (options.answer == SparsifyAnswer::report) heads.report(answer_place, loss, squares);
  if (heads.wants_features()) heads.features(answer_place, features);
}

/// One head as a whole matrix: what looks at more than one row at a time, or writes arrays.
template <typename Scalar>
void sparsify_whole(const MultiHeadAttention& attention, std::size_t place, std::size_t head,
                    SparsifiedHeads& heads) {
  Matrix weights =
      Matrix::Zero(static_cast<Index>(attention.queries()), static_cast<Index>(attention.keys()));
  attention.row_blocks<Scalar>(place, head, [&](const RowBlock<Scalar>& block) {
    weights.block(block.first_query, block.first_key, block.weights.rows(), block.weights.cols()) =
        block.weights.template cast<double>();
  });
  Matrix value;
  if (heads.has_values()) value = attention.value<Scalar>(place, head).template cast<double>();
  heads.whole(head_place(static_cast<std::int64_t>(place), static_cast<std::int64_t>(head)),
              std::move(weights), value,
              attention.causal() ? Causality::causal : Causality::bidirectional);
}

template <typename Scalar>
void sparsify_heads(const MultiHeadAttention& attention, const SparsifyReportOptions& options,
                    SparsifiedHeads& heads, Sink& sink) {
  const bool by_blocks = options.sparsify.by_row() && options.answer != SparsifyAnswer::matrices;
  if (!by_blocks) {
    check_memory(options.limits, {attention.queries(), attention.keys(), sizeof(double)},
                 "the weights of one head",
                 "without $keep-ratio, $mst and array files, a block of rows is enough");
  }
  std::size_t done = 0;
  for (const std::size_t place : attention.chosen_places()) {
    for (const std::size_t head : attention.chosen_heads()) {
      if (by_blocks) {
        sparsify_blocks<Scalar>(attention, place, head, options, heads);
      } else {
        sparsify_whole<Scalar>(attention, place, head, heads);
      }
      sink.progress(++done, attention.chosen_places().size() * attention.chosen_heads().size());
    }
  }
}

}  // namespace

void sparsify_report(const AttentionStack& stack, const SparsifyReportOptions& options, Sink& sink,
                     Sink* features) {
  check(stack.source(), options.sparsify, stack.queries(), stack.keys());
  if (!options.value.empty()) check_value(stack, options.value);
  const HeadsShape shape{head_columns(stack),
                         head_axes(stack.layers(), stack.heads()),
                         stack.queries(),
                         stack.keys(),
                         options.value.empty() ? 0 : options.value.shape().back(),
                         stack.single_precision()};
  check_memory(options.limits, {stack.queries(), stack.keys(), sizeof(double)},
               "the weights of one head", "choose fewer tokens");
  SparsifiedHeads heads(shape, options, sink, features);
  const auto causality = options.sparsify.row.disparity && stack.causal()
                             ? Causality::causal
                             : Causality::bidirectional;
  std::size_t done = 0;
  for_each_head(stack, [&](std::int64_t layer, const HeadLabel& head, Matrix weights) {
    heads.whole(head_place(layer, head), std::move(weights), value_of(options.value, layer, head),
                causality);
    sink.progress(++done, stack.layers() * stack.heads());
  });
}

void sparsify_report(const MultiHeadAttention& attention, const SparsifyReportOptions& options,
                     Sink& sink, Sink* features) {
  check("$query", options.sparsify, attention.queries(), attention.keys());
  if (attention.leading() == Leading::batch && attention.places() > 1) {
    throw ArgumentError(
        "$query", "holds " + std::to_string(attention.places()) + " batch items, expected one",
        "choose one with $batch");
  }
  for (const auto& note : attention.notes()) sink.note(note);
  const HeadsShape shape{
      {{"layer", ColumnType::integer}, {"head", ColumnType::integer}},
      head_axes(attention.chosen_places().size(), attention.chosen_heads().size()),
      attention.queries(),
      attention.keys(),
      attention.value_width(),
      attention.single_precision()};
  SparsifiedHeads heads(shape, options, sink, features);
  if (attention.single_precision()) {
    sparsify_heads<float>(attention, options, heads, sink);
  } else {
    sparsify_heads<double>(attention, options, heads, sink);
  }
}

}  // namespace attngraph
