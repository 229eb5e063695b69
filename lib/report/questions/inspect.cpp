#include "report/questions/inspect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "core/text.hpp"
#include "report/parts/inspected.hpp"

namespace attngraph {
namespace {

double share(std::size_t part, std::size_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

/// `layer_0 … layer_5 (6 arrays)`
std::string name_of(const Reading& reading) {
  if (reading.arrays.size() == 1) return reading.arrays.front();
  return fmt::format("{} … {} ({} arrays)", reading.arrays.front(), reading.arrays.back(),
                     reading.arrays.size());
}

void heads_rows(const Dump& dump, const Inspected& inspected, Sink& sink) {
  using enum ColumnType;
  sink.begin_rows({{"file", text},
                   {"layer", integer},
                   {"head", integer},
                   {"row_sum_min", real},
                   {"row_sum_max", real},
                   {"unnormalized_rows", integer},
                   {"zero_rows", integer},
                   {"not_finite", integer},
                   {"negative", integer},
                   {"zeros", integer},
                   {"mass_ahead", real},
                   {"unseen_tail", integer},
                   {"verdict", text}});
  const auto verdicts =
      head_verdicts(inspected.heads, inspected.stack.queries(), inspected.stack.keys());
  const auto count = [](std::size_t value) {
    return std::vector<std::int64_t>{static_cast<std::int64_t>(value)};
  };
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const auto& [layer, head, scan] = inspected.heads[i];
    sink.rows({std::vector{dump.source}, std::vector{layer}, std::vector{head},
               std::vector{scan.row_sum_min}, std::vector{scan.row_sum_max},
               count(scan.unnormalized_rows), count(scan.zero_rows), count(scan.not_finite),
               count(scan.negative), count(scan.zeros), std::vector{scan.mass_ahead},
               count(scan.unseen_tail), std::vector{verdicts[i]}});
  }
}

class TensorRows {
 public:
  explicit TensorRows(Sink& sink) : sink_(sink) {
    using enum ColumnType;
    sink.begin_rows({{"file", text},
                     {"tensor", text},
                     {"axis_order", text},
                     {"shape", text},
                     {"dtype", text},
                     {"layers", integer},
                     {"heads", integer},
                     {"queries", integer},
                     {"keys", integer},
                     {"causal", text},
                     {"row_sum_min", real},
                     {"row_sum_max", real},
                     {"zero_share", real},
                     {"zero_rows", integer},
                     {"not_finite", integer},
                     {"negative", integer},
                     {"tokens", integer},
                     {"findings", text}});
  }

  void attention(const Dump& dump, const Inspected& inspected) {
    const HeadScan all = together(inspected.heads);
    std::string findings;
    for (const auto& finding : inspected.findings) {
      findings += (findings.empty() ? "" : "; ") + finding.what;
    }
    const AttentionStack& stack = inspected.stack;
    row(dump.source, name_of(inspected.reading), axes_text(inspected.reading.axes),
        inspected.reading.file_shape, stack.dtype(),
        {stack.layers(), stack.heads(), stack.queries(), stack.keys()},
        stack.causal() ? "yes" : "no",
        {all.row_sum_min, all.row_sum_max, share(all.zeros, all.entries)},
        {all.zero_rows, all.not_finite, all.negative, stack.tokens().size()}, findings);
  }

  void other(const Dump& dump, const NamedTensor& named) {
    const auto values = named.tensor.to_doubles();
    const auto count = [&](auto&& test) {
      return static_cast<std::size_t>(std::count_if(values.begin(), values.end(), test));
    };
    const std::size_t zeros = count([](double v) { return v == 0; });
    row(dump.source, named.name, "", named.tensor.shape(), named.tensor.dtype(), {0, 0, 0, 0}, "",
        {NAN, NAN, share(zeros, values.size())},
        {0, count([](double v) { return !std::isfinite(v); }),
         count([](double v) { return v < 0; }), dump.tokens.size()},
        "");
  }

 private:
  Sink& sink_;

  void row(const std::string& file, const std::string& tensor, const std::string& axes,
           const Shape& shape, Dtype dtype, const std::array<std::size_t, 4>& sizes,
           const std::string& causal, const std::array<double, 3>& numbers,
           const std::array<std::size_t, 4>& counts, const std::string& findings) {
    Chunk chunk;
    const auto add_text = [&](std::string value) {
      chunk.emplace_back(std::vector<std::string>{std::move(value)});
    };
    const auto add_count = [&](std::size_t value) {
      chunk.emplace_back(std::vector<std::int64_t>{static_cast<std::int64_t>(value)});
    };
    for (const auto& value :
         {file, tensor, axes, shape_text(shape), std::string(dtype_name(dtype))}) {
      add_text(value);
    }
    for (const std::size_t size : sizes) add_count(size);
    add_text(causal);
    for (const double number : numbers) chunk.emplace_back(std::vector<double>{number});
    for (const std::size_t count : counts) add_count(count);
    add_text(findings);
    sink_.rows(chunk);
  }
};

class Card {
 public:
  explicit Card(Sink& sink) : sink_(sink) {
    sink.begin_rows({{"property", ColumnType::text}, {"value", ColumnType::text}});
  }
  void line(std::string property, std::string value) {
    sink_.rows({std::vector<std::string>{std::move(property)},
                std::vector<std::string>{std::move(value)}});
  }

 private:
  Sink& sink_;
};

std::string tokens_text(const std::vector<std::string>& tokens, bool all, Wording wording) {
  constexpr std::size_t shown = 8;
  if (tokens.empty()) return wording("none (give them with $tokens)");
  std::string text = fmt::format("{}:", tokens.size());
  const std::size_t count = all ? tokens.size() : std::min(shown, tokens.size());
  for (std::size_t i = 0; i < count; ++i) text += " " + tokens[i];
  return count < tokens.size() ? text + " …" : text;
}

std::string row_sums_text(const HeadScan& all) {
  if (all.row_sum_min == all.row_sum_max) return number_text(all.row_sum_min);
  return rounded_text(all.row_sum_min, 8) + " to " + rounded_text(all.row_sum_max, 8);
}

void attention_card(Card& card, const Inspected& inspected, bool all_tokens, Wording wording) {
  const AttentionStack& stack = inspected.stack;
  const HeadScan all = together(inspected.heads);
  const std::string name = name_of(inspected.reading);
  if (!name.empty()) card.line("tensor", name);
  card.line("shape", shape_text(inspected.reading.file_shape));
  card.line("axis_order", axes_text(inspected.reading.axes));
  card.line("dtype", std::string(dtype_name(stack.dtype())));
  card.line("layers", std::to_string(stack.layers()));
  card.line("heads", std::to_string(stack.heads()));
  card.line("queries", std::to_string(stack.queries()));
  card.line("keys", std::to_string(stack.keys()));
  card.line("causal", stack.causal() ? "yes" : "no");
  card.line("row sums", row_sums_text(all));
  card.line("zeros", fmt::format("{} of {} ({:.3g} %)", all.zeros, all.entries,
                                 100 * share(all.zeros, all.entries)));
  if (all.zero_rows > 0) card.line("masked rows", std::to_string(all.zero_rows));
  card.line("tokens", tokens_text(stack.tokens(), all_tokens, wording));
  card.line("verdict", inspected.findings.empty()
                           ? "attention: every row sums to 1"
                           : fmt::format("{} to look at, below", inspected.findings.size()));
  for (const auto& finding : inspected.findings) {
    card.line("finding", finding.what);
    card.line("  cure", wording(finding.cure));
  }
}

bool is_attention_file(const Dump& dump, const StackRequest& request) {
  try {
    chosen_arrays(dump, request);
    return true;
  } catch (const InputError&) {
    return false;  // query and key, weights of a module: looked at tensor by tensor
  }
}

void edges_card(Card& card, const Dump& dump, Wording wording) {
  std::size_t edges = 0;
  for (const auto& list : dump.edges) edges += list.edges.size();
  card.line("graphs", std::to_string(dump.edges.size()));
  card.line("nodes", std::to_string(dump.nodes));
  card.line("edges", std::to_string(edges));
  card.line("labels", tokens_text(dump.tokens, false, wording));
}

void other_tensors_card(Card& card, const Dump& dump, Wording wording) {
  for (const auto& named : dump.tensors) {
    card.line(
        named.name.empty() ? "tensor" : named.name,
        shape_text(named.tensor.shape()) + " " + std::string(dtype_name(named.tensor.dtype())));
  }
  const auto has = [&](const char* name) {
    return std::any_of(dump.tensors.begin(), dump.tensors.end(),
                       [&](const NamedTensor& t) { return t.name == name; });
  };
  if (has("query") && has("key")) {
    card.line("verdict",
              wording(fmt::format("query and key: attngraph attend $query {0}:query $key {0}:key",
                                  dump.source)));
  }
}

void check_strict(const Dump& dump, const std::vector<Finding>& findings, bool strict) {
  if (!strict || findings.empty()) return;
  throw InputError(dump.source, findings.front().what, findings.front().cure);
}

/// The classes that a pickle names, which is all that was done with them.
void note_classes(const Dump& dump, Sink& sink) {
  constexpr std::size_t most_names = 20;
  if (dump.classes.empty()) return;
  std::string names;
  for (std::size_t i = 0; i < std::min(most_names, dump.classes.size()); ++i) {
    names += (i == 0 ? "" : ", ") + shown_label(dump.classes[i], 80);
  }
  if (dump.classes.size() > most_names) {
    names += fmt::format(" and {} more", dump.classes.size() - most_names);
  }
  sink.note("read as data: what the pickle names was not run: " + names);
}

}  // namespace

void inspect_report(const Dump& dump, const InspectOptions& options, Sink& sink) {
  if (options.all_tokens) note_classes(dump, sink);
  const bool attention = dump.edges.empty() && is_attention_file(dump, options.request);
  if (!attention) {
    if (options.layout == InspectLayout::card) {
      Card card(sink);
      card.line("file", dump.source);
      card.line("format", dump.format);
      dump.edges.empty() ? other_tensors_card(card, dump, options.wording)
                         : edges_card(card, dump, options.wording);
    } else {
      TensorRows rows(sink);
      for (const auto& named : dump.tensors) rows.other(dump, named);
    }
    return;
  }
  const Inspected inspected = inspected_attention(dump, options.request, sink);
  for (const auto& text : inspected.reading.notes) sink.note(text);
  check_strict(dump, inspected.findings, options.strict);
  switch (options.layout) {
    case InspectLayout::card: {
      Card card(sink);
      card.line("file", dump.source);
      card.line("format", dump.format);
      attention_card(card, inspected, options.all_tokens, options.wording);
      break;
    }
    case InspectLayout::tensors:
      TensorRows(sink).attention(dump, inspected);
      break;
    case InspectLayout::heads:
      heads_rows(dump, inspected, sink);
      break;
  }
}

}  // namespace attngraph
