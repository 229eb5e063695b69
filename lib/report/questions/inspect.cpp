#include "report/questions/inspect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "reading/arrays/stages.hpp"
#include "report/parts/inspected/inspect_card.hpp"
#include "report/parts/inspected/inspect_rows.hpp"
#include "report/parts/inspected/inspected.hpp"

namespace attngraph {
namespace {

/// Why nothing in the file is read as attention: query and key, weights of a module, several
/// families, layers of stages; nothing where there is attention.
std::optional<Finding> why_no_attention(const Dump& dump, const ReadingRequest& request) {
  try {
    chosen_arrays(dump, request);
    return layers_of_stages(dump, request);
  } catch (const InputError& error) {
    if (dump.tensors.empty()) throw;
    return Finding{error.problem(), error.hint()};
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

InspectCard new_card(const Dump& dump, const InspectOptions& options, Sink& sink) {
  return {dump, options.all_tokens ? CardLabels::all : CardLabels::first, options.wording, sink};
}

void send(const Dump& dump, const Inspected& inspected, const InspectOptions& options, Sink& sink) {
  for (const auto& text : inspected.reading.notes) sink.note(text);
  check_strict(dump, inspected.findings, options.strict);
  switch (options.layout) {
    case InspectLayout::card:
      new_card(dump, options, sink).attention(inspected);
      break;
    case InspectLayout::tensors:
      send_array_rows(dump, &inspected, options.wording, sink);
      break;
    case InspectLayout::heads:
      send_head_rows(dump, inspected, sink);
      break;
  }
}

void send_edges(const Dump& dump, const InspectOptions& options, Sink& sink) {
  switch (options.layout) {
    case InspectLayout::card:
      return new_card(dump, options, sink).edges();
    case InspectLayout::tensors:
      return send_edge_row(dump, options.request, sink);
    case InspectLayout::heads:
      return send_edge_head_rows(dump, options.request, sink);
  }
}

/// Of a file where nothing is read as attention.
void send_arrays(const Dump& dump, const Finding& why, const InspectOptions& options, Sink& sink) {
  switch (options.layout) {
    case InspectLayout::card:
      return new_card(dump, options, sink).arrays(why);
    case InspectLayout::tensors:
      return send_array_rows(dump, nullptr, options.wording, sink);
    case InspectLayout::heads:
      throw InputError(dump.source, why.what, why.cure);
  }
}

}  // namespace

AnswerColumns inspect_columns(InspectLayout layout) {
  switch (layout) {
    case InspectLayout::card:
      return {inspect_card_columns()};
    case InspectLayout::tensors:
      return {inspect_array_columns()};
    case InspectLayout::heads:
      break;
  }
  return {.columns = inspect_head_columns(), .together = OrderedTogether::all};
}

void inspect_report(const Dump& dump, const InspectOptions& options, Sink& sink) {
  if (options.all_tokens) note_classes(dump, sink);
  if (!dump.edges.empty()) return send_edges(dump, options, sink);
  if (const auto why = why_no_attention(dump, options.request)) {
    return send_arrays(dump, *why, options, sink);
  }
  send(dump, inspected_attention(dump, options.request, sink), options, sink);
}

void inspect_report(const Attention& attention, const InspectOptions& options, Sink& sink) {
  Dump none;
  none.source = options.wording(attention.source());
  none.format = "queries and keys";
  send(none, inspected_attention(attention, sink), options, sink);
}

}  // namespace attngraph
