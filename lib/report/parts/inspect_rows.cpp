#include "report/parts/inspect_rows.hpp"

#include <cmath>
#include <string>
#include <vector>

#include "report/answer/table.hpp"
#include "report/parts/inspect_card.hpp"

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

Table<ArrayRow> array_table() {
  using enum ColumnType;
  return {{"file", text, &ArrayRow::file},
          {"tensor", text, &ArrayRow::tensor},
          {"axis_order", text, &ArrayRow::axes},
          {"shape", text, &ArrayRow::shape},
          {"dtype", text, &ArrayRow::dtype},
          {"layers", integer, &ArrayRow::layers},
          {"heads", integer, &ArrayRow::heads},
          {"queries", integer, &ArrayRow::queries},
          {"keys", integer, &ArrayRow::keys},
          {"causal", text, &ArrayRow::causal},
          {"row_sum_min", real, &ArrayRow::row_sum_min},
          {"row_sum_max", real, &ArrayRow::row_sum_max},
          {"zero_share", real, &ArrayRow::zero_share},
          {"zero_rows", integer, &ArrayRow::zero_rows},
          {"not_finite", integer, &ArrayRow::not_finite},
          {"negative", integer, &ArrayRow::negative},
          {"tokens", integer, &ArrayRow::tokens},
          {"sides", text, &ArrayRow::sides},
          {"batch", integer, &ArrayRow::batch},
          {"batches", integer, &ArrayRow::batches},
          {"steps", integer, &ArrayRow::steps},
          {"query_labels", text, &ArrayRow::query_labels},
          {"key_labels", text, &ArrayRow::key_labels},
          {"findings", text, &ArrayRow::findings},
          {"cures", text, &ArrayRow::cures}};
}

std::string joined(const std::vector<std::string>& texts, const std::string& prefix) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : " ") + prefix + text;
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
  using enum ColumnType;
  return {{"file", text, &HeadRow::file},
          {"layer", integer, &HeadRow::layer},
          {"head", integer, &HeadRow::head},
          {"row_sum_min", real, of_scan(&HeadScan::row_sum_min)},
          {"row_sum_max", real, of_scan(&HeadScan::row_sum_max)},
          {"unnormalized_rows", integer, of_scan(&HeadScan::unnormalized_rows)},
          {"zero_rows", integer, of_scan(&HeadScan::zero_rows)},
          {"not_finite", integer, of_scan(&HeadScan::not_finite)},
          {"negative", integer, of_scan(&HeadScan::negative)},
          {"zeros", integer, of_scan(&HeadScan::zeros)},
          {"mass_ahead", real, of_scan(&HeadScan::mass_ahead)},
          {"unseen_tail", integer, of_scan(&HeadScan::unseen_tail)},
          {"verdict", text, &HeadRow::verdict}};
}

}  // namespace

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
