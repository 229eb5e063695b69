#include "report/parts/inspected.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/answer/parallel_with_progress.hpp"

namespace attngraph {
namespace {

std::string joined_names(const std::vector<NamedTensor>& tensors) {
  if (tensors.size() == 1) return tensors.front().name;
  return fmt::format("{} … {} ({} arrays)", tensors.front().name, tensors.back().name,
                     tensors.size());
}

/// A batch of several is a finding here, not an error: the first item is looked at.
StackRequest with_batch(const std::vector<NamedTensor>& tensors, StackRequest request,
                        std::vector<Finding>& findings) {
  const Tensor& tensor = tensors.front().tensor;
  const Axes axes =
      request.axes.empty() ? default_axes(tensor.rank(), tensors.size() > 1) : request.axes;
  for (std::size_t i = 0; i < std::min(axes.size(), tensor.rank()); ++i) {
    if (axes[i] != Axis::batch || tensor.shape()[i] == 1 || request.batch) continue;
    findings.push_back({fmt::format("a batch of {} is left in; this is item 0", tensor.shape()[i]),
                        "choose an item with $batch"});
    request.batch = 0;
  }
  return request;
}

void look_at_tokens(Inspected& inspected, const std::vector<std::string>& tokens) {
  const std::size_t keys = inspected.stack.keys();
  if (tokens.empty() || tokens.size() == keys) return;
  inspected.findings.push_back({fmt::format("{} tokens for {} keys", tokens.size(), keys),
                                "give one label for each key with $tokens"});
}

/// Spares AttentionStack::causal() its own pass where every head of the file was looked at.
void remember_whether_causal(Inspected& inspected) {
  AttentionStack& stack = inspected.stack;
  if (inspected.heads.size() != stack.file_layers() * stack.file_heads()) return;
  stack.set_causal(
      std::all_of(inspected.heads.begin(), inspected.heads.end(), [](const auto& head) {
        return head.scan.entries_ahead == 0 && head.scan.not_finite_ahead == 0;
      }));
}

}  // namespace

Inspected inspected_attention(const Dump& dump, const StackRequest& asked, Sink& sink) {
  const auto tensors = attention_tensors(dump, asked);
  std::vector<Finding> findings;
  const StackRequest request = with_batch(tensors, asked, findings);
  std::vector<std::string> notes;
  auto layers = layer_tensors(tensors, request, dump.source, notes);
  const auto& tokens = asked.tokens.empty() ? dump.tokens : asked.tokens;
  const bool labelled = tokens.size() == layers.front().shape()[2];
  AttentionStack stack(std::move(layers), labelled ? tokens : std::vector<std::string>{},
                       dump.source);
  if (asked.causal) stack.set_causal(*asked.causal);
  const AttentionStack chosen = stack.selected(request.layers.resolve(stack.layers(), "$layer"),
                                               request.heads.resolve(stack.heads(), "$head"), {});
  const std::size_t rank = tensors.front().tensor.rank();
  Inspected inspected{joined_names(tensors),
                      request.axes.empty() ? default_axes(rank, tensors.size() > 1) : request.axes,
                      tensors.front().tensor.shape(),
                      chosen,
                      {},
                      std::move(findings),
                      std::move(notes)};
  const double tolerance = row_sum_tolerance(stack.dtype());
  inspected.heads.resize(chosen.layers() * chosen.heads());
  parallel_with_progress(inspected.heads.size(), sink, [&](std::size_t i) {
    const std::size_t l = i / chosen.heads();
    const std::size_t h = i % chosen.heads();
    inspected.heads[i] = {chosen.layer_index(l), std::get<std::int64_t>(chosen.head_label(h)),
                          head_scan(chosen.numbers(l, h), tolerance)};
  });
  if (!asked.causal) remember_whether_causal(inspected);
  const auto found = diagnosis(inspected.heads, chosen.queries(), chosen.keys());
  inspected.findings.insert(inspected.findings.end(), found.begin(), found.end());
  look_at_tokens(inspected, tokens);
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
