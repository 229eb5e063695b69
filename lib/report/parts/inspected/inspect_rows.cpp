#include "report/parts/inspected/inspect_rows.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/text/counted.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/table.hpp"
#include "report/parts/inspected/inspect_card.hpp"
#include "report/parts/inspected/inspected_edges.hpp"

namespace attngraph {
namespace {

/// What is known about the attention of a file, or about arrays that are none.
struct ArrayRow {
  std::string file, tensor, axes, shape, dtype;
  std::size_t layers = 0, heads = 0, queries = 0, keys = 0;
  std::string causal;
  double row_sum_min = NAN, row_sum_max = NAN, zero_share = NAN;
  std::size_t zero_rows = 0, not_finite = 0, negative = 0, tokens = 0;
  std::string sides;
  std::size_t batch = 0, batches = 0, steps = 0;
  std::string key_labels, query_labels, findings, cures;
};

/// How many there are of something.
Column count_column(const char* name, std::string_view about, int rank = 1) {
  return {.name = name, .type = ColumnType::integer, .about = about, .rank = rank};
}
Column text_column(const char* name, std::string_view about, int rank = 1) {
  return {.name = name, .type = ColumnType::text, .about = about, .rank = rank};
}
Column number_column(const char* name, std::string_view about, int rank = 1) {
  return {.name = name, .about = about, .rank = rank};
}

const Column row_sum_min = number_column("row_sum_min", "smallest sum of a row");
const Column row_sum_max = number_column("row_sum_max", "largest sum of a row");
const Column zero_rows =
    count_column("zero_rows", "rows that are all zeros, as masked queries are");
const Column not_finite = count_column("not_finite", "entries that are NaN or infinite");
const Column negative = count_column("negative", "entries below zero");

Table<ArrayRow> array_table() {
  return {
      {columns::file, &ArrayRow::file},
      {text_column("tensor", "array, or the first and last of several read together", 0),
       &ArrayRow::tensor},
      {text_column("axis_order", "what the axes are read as"), &ArrayRow::axes},
      {text_column("shape", "lengths of the axes in the file; of graphs, their edges", 0),
       &ArrayRow::shape},
      {text_column("dtype", "number type in the file"), &ArrayRow::dtype},
      {count_column("layers", "layers of the attention", 2), &ArrayRow::layers},
      {count_column("heads", "heads of a layer", 2), &ArrayRow::heads},
      {count_column("queries", "queries of a head", 2), &ArrayRow::queries},
      {count_column("keys", "keys of a head", 2), &ArrayRow::keys},
      {text_column("causal", "yes where no query looks ahead; empty for cross-attention"),
       &ArrayRow::causal},
      {row_sum_min, &ArrayRow::row_sum_min},
      {row_sum_max, &ArrayRow::row_sum_max},
      {number_column("zero_share", "share of entries that are exactly zero", 2),
       &ArrayRow::zero_share},
      {zero_rows, &ArrayRow::zero_rows},
      {not_finite, &ArrayRow::not_finite},
      {negative, &ArrayRow::negative},
      {count_column("tokens", "labels of keys that are known", 2), &ArrayRow::tokens},
      {text_column("sides", "self or cross: whether queries and keys are the same tokens", 2),
       &ArrayRow::sides},
      {count_column("batch", "item of the batch that is read, from 0", 3), &ArrayRow::batch},
      {count_column("batches", "items in the batch; 0 without one", 3), &ArrayRow::batches},
      {count_column("steps", "steps of generate() that are put together; 0 for none", 3),
       &ArrayRow::steps},
      {text_column("query_labels", "labels of queries, with blanks between; q: in cross-attention",
                   4),
       &ArrayRow::query_labels},
      {text_column("key_labels", "labels of keys, with blanks between; k: in cross-attention", 4),
       &ArrayRow::key_labels},
      {text_column("findings", "what is to be looked at; empty where all is well", 0),
       &ArrayRow::findings},
      {text_column("cures", "what to type, one for each finding", 2), &ArrayRow::cures}};
}

std::string joined(const std::vector<std::string>& texts, const std::string& prefix) {
  std::string all;
  for (const std::string& text : texts) {
    if (!all.empty()) all += ' ';
    all += prefix;
    all += text;
  }
  return all;
}

void add_numbers(const HeadScan& all, ArrayRow& row) {
  row.row_sum_min = all.row_sum_min;
  row.row_sum_max = all.row_sum_max;
  row.zero_share = static_cast<double>(all.zeros) / static_cast<double>(all.entries);
  row.zero_rows = all.zero_rows;
  row.not_finite = all.not_finite;
  row.negative = all.negative;
}

ArrayRow attention_row(const Dump& dump, const Inspected& inspected, Wording wording) {
  const Reading& reading = inspected.reading;
  const Attention& stack = inspected.stack;
  const bool cross = reading.sides == Sides::cross;
  ArrayRow row;
  row.file = dump.source;
  row.tensor = arrays_text(reading.arrays);
  row.axes = axes_text(reading.axes);
  row.shape = shape_text(reading.file_shape);
  row.dtype = dtype_name(stack.dtype());
  row.layers = stack.layers();
  row.heads = stack.heads();
  row.queries = stack.queries();
  row.keys = stack.keys();
  if (!cross) row.causal = stack.causal() ? "yes" : "no";
  add_numbers(together(inspected.heads), row);
  row.tokens = reading.key_labels.size();
  row.sides = cross ? "cross" : "self";
  row.batch = reading.batch;
  row.batches = reading.batches;
  row.steps = reading.step_count;
  row.query_labels = joined(reading.query_labels, cross ? "q:" : "");
  row.key_labels = joined(reading.key_labels, cross ? "k:" : "");
  for (const auto& finding : inspected.findings) {
    row.findings += (row.findings.empty() ? "" : "; ") + finding.what;
    row.cures += (row.cures.empty() ? "" : "; ") + wording(finding.cure);
  }
  return row;
}

ArrayRow other_row(const Dump& dump, const Family& family) {
  const Tensor& first = family.members.front().tensor;
  std::vector<std::string> names;
  for (const NamedTensor& member : family.members) names.push_back(member.name);
  ArrayRow row;
  row.file = dump.source;
  row.tensor = arrays_text(names);
  row.shape = shape_text(first.shape());
  row.dtype = dtype_name(first.dtype());
  return row;
}

/// What can be said of numbers whose meaning is not known.
void look_at_numbers(const Family& family, ArrayRow& row) {
  std::size_t zeros = 0;
  std::size_t entries = 0;
  for (const NamedTensor& member : family.members) {
    const Tensor& tensor = member.tensor;
    for (std::size_t i = 0; i < (tensor.rank() > 0 ? tensor.shape()[0] : 0); ++i) {
      for (const double value : tensor.at(0, i).to_doubles()) {
        zeros += value == 0;
        row.not_finite += !std::isfinite(value);
        row.negative += value < 0;
        ++entries;
      }
    }
  }
  row.zero_share = static_cast<double>(zeros) / static_cast<double>(entries);
}

bool looks_back(const ScannedHead& head) {
  return head.scan.entries_ahead == 0 && head.scan.not_finite_ahead == 0;
}

struct HeadRow {
  std::string file;
  std::int64_t layer, head;
  HeadScan scan;
  std::string verdict;
};

/// Fills a column from a member of the scan.
template <typename Number>
auto of_scan(Number HeadScan::*member) {
  return [member](const HeadRow& row) { return row.scan.*member; };
}

Table<HeadRow> head_table() {
  return {
      {columns::file, &HeadRow::file},
      {columns::layer, &HeadRow::layer},
      {columns::head(false), &HeadRow::head},
      {row_sum_min, of_scan(&HeadScan::row_sum_min)},
      {row_sum_max, of_scan(&HeadScan::row_sum_max)},
      {count_column("unnormalized_rows", "rows whose sum is further from 1 than rounding makes"),
       of_scan(&HeadScan::unnormalized_rows)},
      {zero_rows, of_scan(&HeadScan::zero_rows)},
      {not_finite, of_scan(&HeadScan::not_finite)},
      {negative, of_scan(&HeadScan::negative)},
      {count_column("zeros", "entries that are exactly zero", 2), of_scan(&HeadScan::zeros)},
      {number_column("mass_ahead", "sum of the weights on keys behind their query", 2),
       of_scan(&HeadScan::mass_ahead)},
      {count_column("unseen_tail", "keys at the end that no query looks at", 2),
       of_scan(&HeadScan::unseen_tail)},
      {text_column("verdict", "what is to be looked at in this head", 0), &HeadRow::verdict}};
}

}  // namespace

Schema inspect_array_columns() { return array_table().schema(); }

Schema inspect_head_columns() { return head_table().schema(); }

void send_array_rows(const Dump& dump, const Inspected* inspected, Wording wording, Sink& sink) {
  const Table<ArrayRow> table = array_table();
  table.begin(sink);
  std::vector<ArrayRow> rows;
  if (inspected != nullptr) rows.push_back(attention_row(dump, *inspected, wording));
  for (const Family& family : inspected != nullptr ? families_not_read(dump, inspected->reading)
                                                   : families(dump.tensors)) {
    rows.push_back(other_row(dump, family));
    if (inspected == nullptr) look_at_numbers(family, rows.back());
  }
  table.send(rows, sink);
}

void send_edge_row(const Dump& dump, const StackRequest& asked, Sink& sink) {
  const InspectedEdges found = inspected_edges(dump, asked);
  ArrayRow row;
  row.file = dump.source;
  row.shape = counted(found.edges, "edge");
  row.layers = found.layers;
  row.heads = found.heads_of_layer;
  row.queries = found.queries;
  row.keys = found.keys;
  const HeadScan all = together(found.heads);
  const bool cross = dump.queries > 0;
  if (!cross) {
    row.causal = std::all_of(found.heads.begin(), found.heads.end(), looks_back) ? "yes" : "no";
  }
  add_numbers(all, row);
  row.sides = cross ? "cross" : "self";
  const auto first_key =
      dump.tokens.begin() + static_cast<std::ptrdiff_t>(std::min(dump.tokens.size(), dump.queries));
  row.query_labels = joined({dump.tokens.begin(), first_key}, "q:");
  row.key_labels = joined({first_key, dump.tokens.end()}, cross ? "k:" : "");
  row.tokens = static_cast<std::size_t>(dump.tokens.end() - first_key);
  const Table<ArrayRow> table = array_table();
  table.begin(sink);
  table.send({row}, sink);
}

void send_edge_head_rows(const Dump& dump, const StackRequest& asked, Sink& sink) {
  std::vector<HeadRow> rows;
  for (const auto& [layer, head, scan] : inspected_edges(dump, asked).heads) {
    rows.push_back({dump.source, layer, head, scan, edge_verdict(scan)});
  }
  const Table<HeadRow> table = head_table();
  table.begin(sink);
  table.send(rows, sink);
}

void send_head_rows(const Dump& dump, const Inspected& inspected, Sink& sink) {
  const auto verdicts =
      head_verdicts(inspected.heads, inspected.stack.queries(), inspected.stack.keys());
  std::vector<HeadRow> rows;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const auto& [layer, head, scan] = inspected.heads[i];
    rows.push_back({dump.source, layer, head, scan, verdicts[i]});
  }
  const Table<HeadRow> table = head_table();
  table.begin(sink);
  table.send(rows, sink);
}

}  // namespace attngraph
