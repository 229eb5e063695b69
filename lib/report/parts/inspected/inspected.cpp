#include "report/parts/inspected/inspected.hpp"

#include <algorithm>
#include <optional>

#include "attention/heads/head_scan.hpp"
#include "attention/stored/check_causal.hpp"
#include "report/answer/parallel_with_progress.hpp"

namespace attngraph {
namespace {

/// Spares Attention::causal() its own pass where every head of the file was looked at.
void remember_whether_causal(Inspected& inspected) {
  Attention& stack = inspected.stack;
  if (inspected.heads.size() != stack.file_layers() * stack.file_heads()) return;
  stack.set_causal(
      std::all_of(inspected.heads.begin(), inspected.heads.end(), [](const auto& head) {
        return head.scan.entries_ahead == 0 && head.scan.not_finite_ahead == 0;
      }));
}

/// Where the user says that it is causal, and the weights say something else. What steps say is
/// true but of rows of padding, which have a finding of their own.
void find_later_keys(Inspected& inspected) {
  if (inspected.stack.cross()) return;
  for (const ScannedHead& head : inspected.heads) {
    if (head.scan.mass_ahead <= causal_leak * head.scan.mass) continue;
    inspected.findings.push_back(
        {"layer " + std::to_string(head.layer) + ", head " + std::to_string(head.head) +
             " sees later keys, and $causal yes says that none does",
         "leave $causal out: the weights say themselves whether they are causal"});
    return;
  }
}

/// As `axes` names them, with what numbers in names count.
Axes axes_of_request(const Reading& reading) {
  Axes axes = reading.numbered;
  axes.insert(axes.end(), reading.axes.begin(), reading.axes.end());
  return axes;
}

/// A look at every head of `inspected.stack`.
void scan_heads(Inspected& inspected, std::optional<bool> said_causal, Sink& sink) {
  const Attention& chosen = inspected.stack;
  const double tolerance = row_sum_tolerance(chosen.dtype());
  inspected.heads.resize(chosen.layers() * chosen.heads());
  parallel_with_progress(inspected.heads.size(), sink, [&](std::size_t i) {
    const std::size_t l = i / chosen.heads();
    const std::size_t h = i % chosen.heads();
    inspected.heads[i] = {chosen.layer_index(l), std::get<std::int64_t>(chosen.head_label(h)),
                          head_scan(chosen.numbers(l, h), tolerance)};
  });
  if (said_causal.value_or(false)) find_later_keys(inspected);
  if (!inspected.reading.causal) remember_whether_causal(inspected);
  const auto found = diagnosis(
      inspected.heads, chosen.queries(), chosen.keys(), axes_of_request(inspected.reading),
      inspected.reading.other_reading ? OtherReading::found : OtherReading::none);
  inspected.findings.insert(inspected.findings.end(), found.begin(), found.end());
}

}  // namespace

Inspected inspected_attention(const Dump& dump, const StackRequest& asked, Sink& sink) {
  Reading reading = attention_reading(dump, asked, Faults::found);
  Attention stack(reading.layers, reading.key_labels, dump.source);
  stack.set_sides(reading.sides, reading.query_labels);
  if (reading.causal) stack.set_causal(*reading.causal);
  const Attention chosen = stack.selected(asked.layers.resolve(stack.layers(), "$layer"),
                                          asked.heads.resolve(stack.heads(), "$head"), {});
  std::vector<Finding> findings = reading.findings;
  Inspected inspected{std::move(reading), chosen, {}, std::move(findings)};
  scan_heads(inspected, asked.causal, sink);
  return inspected;
}

Inspected inspected_attention(const Attention& attention, Sink& sink) {
  const Shape heads{attention.heads(), attention.queries(), attention.keys()};
  Reading reading;
  reading.source = attention.source();
  reading.arrays = {""};
  reading.file_shape = {attention.layers(), heads[0], heads[1], heads[2]};
  reading.axes = axes_named("layer,head,query,key");
  // A shape over a single number: the others are made head by head.
  const Bytes number = Bytes::from(std::string(dtype_size(attention.dtype()), '\0'));
  reading.layers.assign(attention.layers(),
                        Tensor(number, attention.dtype(), heads, ByteOrder::little, {0, 0, 0}));
  reading.sides = attention.cross() ? Sides::cross : Sides::self;
  reading.causal = attention.causal();
  reading.key_labels = attention.tokens();
  reading.query_labels = attention.query_tokens();
  Inspected inspected{std::move(reading), attention, {}, {}};
  scan_heads(inspected, std::nullopt, sink);
  return inspected;
}

HeadScan together(const std::vector<ScannedHead>& heads) {
  HeadScan sum = heads.front().scan;
  for (std::size_t i = 1; i < heads.size(); ++i) {
    const HeadScan& next = heads[i].scan;
    sum.entries += next.entries;
    sum.not_finite += next.not_finite;
    sum.negative += next.negative;
    sum.zeros += next.zeros;
    sum.zero_rows += next.zero_rows;
    sum.unnormalized_rows += next.unnormalized_rows;
    sum.row_sum_min = std::min(sum.row_sum_min, next.row_sum_min);
    sum.row_sum_max = std::max(sum.row_sum_max, next.row_sum_max);
    sum.unseen_tail = std::min(sum.unseen_tail, next.unseen_tail);
  }
  return sum;
}

}  // namespace attngraph
