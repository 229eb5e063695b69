#include "report/questions/sparsify.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "attention/edges/edge_heads.hpp"
#include "attention/edges/visible_keys.hpp"
#include "core/error.hpp"
#include "core/memory_need.hpp"
#include "report/answer/head_columns.hpp"
#include "report/answer/sink.hpp"
#include "report/drawn/heads/sparsify_curves.hpp"
#include "report/parts/heads/head_values.hpp"
#include "report/parts/heads/sparsified_heads.hpp"

namespace attngraph {
namespace {

void check(const std::string& source, const SparsifyOptions& options, std::size_t queries,
           std::size_t keys) {
  check_sparsify(options);
  if (!options.spanning_forest || queries == keys) return;
  throw InputError(source, "has " + std::to_string(queries) + " queries and " +
                               std::to_string(keys) + " keys, expected as many of each for $mst");
}

/// Where one head stands, and what it is multiplied with.
struct AskedHead {
  std::size_t l, h;
  MatrixPlace place;
  Matrix value;
};

auto key_from(Index first_key) {
  return [first = static_cast<std::size_t>(first_key)](std::size_t i) { return first + i; };
}

auto key_among(const std::vector<std::int32_t>& keys) {
  return [&keys](std::size_t i) { return static_cast<std::size_t>(keys[i]); };
}

/// The patterns of one head, after a look at all of it where they need one.
HeadPattern pattern_of(const Attention& attention, const AskedHead& asked,
                       const PatternCriteria& criteria, const EdgeArrays* edges) {
  HeadPattern pattern(
      criteria, attention.queries(), attention.keys(),
      criteria.need_places() && attention.causal() ? Causality::causal : Causality::bidirectional);
  if (!criteria.need_sums()) return pattern;
  if (edges) {
    for_each_sparse_row(*edges, [&](const SparseRow& row) {
      pattern.add(row.query, key_among(row.keys), row.weights);
    });
  } else {
    attention.rows(asked.l, asked.h, [&](const RowBlock<double>& block) {
      for (Index r = 0; r < block.weights.rows(); ++r) {
        pattern.add(static_cast<std::size_t>(block.first_query + r), key_from(block.first_key),
                    {block.weights.row(r).data(), static_cast<std::size_t>(block.weights.cols())});
      }
    });
  }
  pattern.choose();
  return pattern;
}

/// One head by blocks of rows.
void sparsify_blocks(const Attention& attention, const AskedHead& asked,
                     const SparsifyReportOptions& options, SparsifiedHeads& heads) {
  const VisibleKeys visible(attention, asked.l, asked.h, options.sparsify.row);
  const HeadPattern pattern = pattern_of(attention, asked, options.sparsify.pattern, nullptr);
  Matrix features(heads.wants_features() ? static_cast<Index>(attention.queries()) : 0,
                  asked.value.cols());
  SparsifyLoss loss;
  OutputSquares squares;
  attention.rows(asked.l, asked.h, [&](const RowBlock<double>& block) {
    Matrix rows = block.weights;
    const auto columns = static_cast<std::size_t>(rows.cols());
    const auto value = asked.value.middleRows(heads.has_values() ? block.first_key : 0,
                                              heads.has_values() ? rows.cols() : 0);
    Matrix output, sparse_output;
    if (heads.has_values()) output = rows * value;
    std::vector<char> keep;
    for (Index row = 0; row < rows.rows(); ++row) {
      const auto query = static_cast<std::size_t>(block.first_query + row);
      keep.assign(columns, 1);
      pattern.mark(query, key_from(block.first_key), keep);
      sparsify_row({rows.row(row).data(), columns}, visible.of(query), attention.keys(),
                   options.sparsify, keep, loss);
    }
    if (options.answer == SparsifyAnswer::edges) {
      heads.edges(asked.place, block.first_query, block.first_key, rows);
    }
    if (!heads.has_values()) return;
    sparse_output = rows * value;
    squares.add(output, sparse_output);
    if (heads.wants_features()) {
      features.middleRows(block.first_query, rows.rows()) = sparse_output;
    }
  });
  if (options.answer == SparsifyAnswer::report) heads.report(asked.place, loss, squares);
  if (heads.wants_features()) heads.features(asked.place, features);
}

/// One head of an edge list, by the edges that its rows have.
void sparsify_edges(const Attention& attention, const EdgeArrays& edges, const AskedHead& asked,
                    const SparsifyReportOptions& options, SparsifiedHeads& heads) {
  const VisibleKeys visible(attention, asked.l, asked.h, options.sparsify.row);
  const HeadPattern pattern = pattern_of(attention, asked, options.sparsify.pattern, &edges);
  SparsifyLoss loss;
  std::vector<char> keep;
  std::size_t rows = 0;
  for_each_sparse_row(edges, [&](const SparseRow& row) {
    SparseRow left = row;
    keep.assign(left.keys.size(), 1);
    pattern.mark(row.query, key_among(row.keys), keep);
    sparsify_row(left.weights, visible.of(row.query), attention.keys(), options.sparsify, keep,
                 loss);
    if (options.answer == SparsifyAnswer::edges) heads.edges(asked.place, left);
    ++rows;
  });
  for (; rows < attention.queries(); ++rows) loss.add_row({}, {}, attention.keys());
  if (options.answer == SparsifyAnswer::report) heads.report(asked.place, loss, {});
}

}  // namespace

AnswerColumns sparsify_columns(SparsifyAnswer answer) {
  const Schema place{columns::layer, columns::head(false)};
  if (answer != SparsifyAnswer::report) {
    return {sparsify_edge_schema(place, ColumnType::real, Known::yes, Known::yes)};
  }
  return {.columns = sparsify_report_schema(place, true), .together = OrderedTogether::all};
}

void sparsify_report(const Attention& attention, const SparsifyReportOptions& options, Sink& sink,
                     Sink* features) {
  check(attention.source(), options.sparsify, attention.queries(), attention.keys());
  if (is_seen(sink.form())) {
    return sparsify_curves(attention, options.sparsify, sink);
  }
  const bool arrays = options.answer == SparsifyAnswer::matrices || features != nullptr;
  if (arrays) check_every_head(attention);
  if (!options.value.empty()) check_values(attention, options.value);
  const std::size_t own_width = attention.value_width();
  const HeadsShape shape{head_columns(attention),
                         head_axes(attention.layers(), attention.heads()),
                         attention.queries(),
                         attention.keys(),
                         options.value.empty() ? own_width : options.value.shape().back(),
                         attention.single_precision(),
                         attention.query_labels(),
                         attention.key_labels()};
  const bool by_blocks = options.sparsify.by_row() && options.answer != SparsifyAnswer::matrices;
  if (!by_blocks) {
    check_memory(attention.limits(), {attention.queries(), attention.keys(), sizeof(double)},
                 "the weights of one head",
                 "without $keep-ratio, $mst and array files, a block of rows is enough");
  }
  SparsifiedHeads heads(shape, options, sink, features);
  const PatternCriteria& pattern = options.sparsify.pattern;
  const bool by_places = options.sparsify.row.by_visible_keys() || pattern.need_places();
  const bool causal = by_places && attention.causal();
  if (pattern.blocks) {
    const std::size_t size = pattern.blocks->size;
    check_memory(attention.limits(),
                 {attention.queries() / size + 1, attention.keys() / size + 1, sizeof(float)},
                 "which blocks are kept", "take larger blocks");
  }
  std::size_t done = 0;
  const std::vector<SelectedHead> present = attention.present();
  for (const auto& [l, h] : present) {
    const std::int64_t layer = attention.layer_index(l);
    const HeadLabel head = attention.head_label(h);
    const AskedHead asked{l, h, head_place(layer, head),
                          options.value.empty() && own_width > 0
                              ? attention.value(l, h)
                              : values_of(options.value, layer, head)};
    const EdgeArrays* edges = heads.has_values() ? nullptr : attention.edges(l, h);
    if (by_blocks && edges) {
      sparsify_edges(attention, *edges, asked, options, heads);
    } else if (by_blocks) {
      sparsify_blocks(attention, asked, options, heads);
    } else {
      heads.whole(asked.place, attention.head(l, h), asked.value,
                  causal ? Causality::causal : Causality::bidirectional, attention.seen_keys());
    }
    sink.progress(++done, present.size());
  }
}

}  // namespace attngraph
