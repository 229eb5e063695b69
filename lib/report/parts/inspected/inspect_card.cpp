#include "report/parts/inspected/inspect_card.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>

#include "core/text/counted.hpp"
#include "core/text/number_text.hpp"
#include "core/text/place.hpp"
#include "reading/words/special_tokens.hpp"
#include "reading/words/word_pieces.hpp"

namespace attngraph {
namespace {

std::string row_sums_text(const HeadScan& all) {
  if (all.row_sum_min == all.row_sum_max) return number_text(all.row_sum_min);
  return rounded_text(all.row_sum_min, 8) + " to " + rounded_text(all.row_sum_max, 8);
}

std::string share_text(std::size_t part, std::size_t whole) {
  return fmt::format("{} of {} ({:.3g} %)", part, whole,
                     100 * static_cast<double>(part) / static_cast<double>(whole));
}

/// `0 [CLS], 16 [SEP]`
std::string special_text(const std::vector<std::string>& labels) {
  std::string text;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (!is_special(labels[i])) continue;
    text += (text.empty() ? "" : ", ") + std::to_string(i) + " " + labels[i];
  }
  return text;
}

std::string member_text(const Family& family) {
  return family_text(family) + " " + std::string(dtype_name(family.members.front().tensor.dtype()));
}

}  // namespace

Schema inspect_card_columns() {
  using enum ColumnType;
  return {{.name = "property", .type = text, .about = "what is told of the file", .rank = 0},
          {.name = "value", .type = text, .about = "what it is in this file", .rank = 0}};
}

std::string arrays_text(const std::vector<std::string>& names) {
  if (names.size() == 1) return names.front();
  return fmt::format("{} … {} ({} arrays)", names.front(), names.back(), names.size());
}

std::vector<Family> families_not_read(const Dump& dump, const Reading& reading) {
  std::vector<NamedTensor> left;
  const std::set<std::string_view> read(reading.arrays.begin(), reading.arrays.end());
  std::copy_if(dump.tensors.begin(), dump.tensors.end(), std::back_inserter(left),
               [&](const NamedTensor& array) { return !read.contains(array.name); });
  return families(left);
}

InspectCard::InspectCard(const Dump& dump, CardLabels labels, Wording wording, Sink& sink)
    : dump_(dump), labels_(labels), wording_(wording), sink_(sink) {
  sink.begin_rows(inspect_card_columns());
  line("file", dump.source);
  line("format", dump.format);
}

void InspectCard::line(const std::string& property, const std::string& value) {
  sink_.rows({std::vector<std::string>{property}, std::vector<std::string>{value}});
}

std::string InspectCard::listed(const std::vector<std::string>& labels,
                                const std::string& prefix) const {
  constexpr std::size_t shown = 8;
  std::string text = fmt::format("{}:", labels.size());
  const bool all = labels_ == CardLabels::all || labels.size() <= shown;
  for (std::size_t i = 0; i < (all ? labels.size() : shown); ++i) {
    text += " " + prefix + labels[i];
  }
  return all ? text : text + " …";
}

void InspectCard::reading(const Inspected& inspected) {
  const Reading& reading = inspected.reading;
  const Attention& stack = inspected.stack;
  const std::string name = arrays_text(reading.arrays);
  if (!name.empty()) line("tensor", called(name));
  line("shape", shape_text(reading.file_shape));
  line("axis_order", axes_text(reading.axes));
  if (reading.steps) {
    line("steps",
         counted(reading.step_count, "step") + " of generate(), " + step_form_text(*reading.steps));
  }
  if (reading.batches > 1) {
    line("batch", fmt::format("{} of 0 to {}", reading.batch, reading.batches - 1));
  }
  line("dtype", std::string(dtype_name(stack.dtype())));
  line("layers", std::to_string(stack.layers()));
  if (reading.one_per_layer && !reading.steps && reading.arrays.size() > 1) {
    std::vector<std::string> names = reading.arrays;
    for (auto& one : names) one = called(one);
    line("  in order", listed(names, ""));
  }
  line("heads", std::to_string(stack.heads()));
  line("queries", std::to_string(stack.queries()));
  line("keys", std::to_string(stack.keys()));
  line("sides", reading.sides == Sides::self ? "self-attention" : "cross-attention");
  if (reading.sides == Sides::self) line("causal", stack.causal() ? "yes" : "no");
}

void InspectCard::labels(const Inspected& inspected) {
  const Reading& reading = inspected.reading;
  if (reading.sides == Sides::self) {
    line("tokens", reading.key_labels.empty() ? wording_("none (give them with $tokens)")
                                              : listed(reading.key_labels, ""));
  } else {
    line("query labels", reading.query_labels.empty()
                             ? wording_(fmt::format("q:0 to q:{} (give them with $query-tokens)",
                                                    reading.queries() - 1))
                             : listed(reading.query_labels, "q:"));
    line("key labels",
         reading.key_labels.empty()
             ? wording_(fmt::format("k:0 to k:{} (give them with $tokens)", reading.keys() - 1))
             : listed(reading.key_labels, "k:"));
  }
  const std::string_view mark = piece_mark(reading.key_labels);
  if (!mark.empty()) line("pieces", "marked by '" + std::string(mark) + "'");
  const std::string special = special_text(reading.key_labels);
  if (!special.empty()) line("special tokens", special);
}

void InspectCard::not_read(const Reading& reading) {
  for (const Family& family : families_not_read(dump_, reading)) {
    line("not read", member_text(family));
  }
  for (const Unread& unread : dump_.unread) {
    line("not read", called(unread.name) + ": " + unread.reason.problem());
  }
}

void InspectCard::findings(const std::vector<Finding>& findings) {
  for (const auto& finding : findings) {
    line("finding", wording_(finding.what));
    if (!finding.cure.empty()) line("  cure", wording_(finding.cure));
  }
}

void InspectCard::attention(const Inspected& inspected) {
  const HeadScan all = together(inspected.heads);
  reading(inspected);
  line("row sums", row_sums_text(all));
  line("zeros", share_text(all.zeros, all.entries));
  if (all.zero_rows > 0) line("masked rows", std::to_string(all.zero_rows));
  labels(inspected);
  not_read(inspected.reading);
  line("verdict", inspected.findings.empty()
                      ? "attention: every row sums to 1"
                      : fmt::format("{} to look at, below", inspected.findings.size()));
  findings(inspected.findings);
}

void InspectCard::edges() {
  std::size_t edges = 0;
  for (const auto& list : dump_.edges) edges += list.edges.size();
  line("graphs", std::to_string(dump_.edges.size()));
  line("nodes", std::to_string(dump_.nodes));
  line("edges", std::to_string(edges));
  line("labels",
       dump_.tokens.empty() ? wording_("none (give them with $tokens)") : listed(dump_.tokens, ""));
}

void InspectCard::arrays(const Finding& why) {
  for (const Family& family : families(dump_.tensors)) {
    line("array", member_text(family));
  }
  for (const Unread& unread : dump_.unread) {
    line("not read", called(unread.name) + ": " + unread.reason.problem());
  }
  line("verdict", wording_(why.what));
  if (!why.cure.empty()) line("  cure", wording_(why.cure));
}

}  // namespace attngraph
