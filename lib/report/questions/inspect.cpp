#include "report/questions/inspect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/error.hpp"
#include "core/text.hpp"
#include "report/parts/inspect_card.hpp"
#include "report/parts/inspect_rows.hpp"
#include "report/parts/inspected.hpp"

namespace attngraph {
namespace {

/// Why nothing in the file is read as attention: query and key, weights of a module, several
/// families; nothing where there is attention.
std::optional<Finding> why_no_attention(const Dump& dump, const ReadingRequest& request) {
  try {
    chosen_arrays(dump, request);
    return std::nullopt;
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

}  // namespace

void inspect_report(const Dump& dump, const InspectOptions& options, Sink& sink) {
  if (options.all_tokens) note_classes(dump, sink);
  const bool card = options.layout == InspectLayout::card;
  const CardLabels labels = options.all_tokens ? CardLabels::all : CardLabels::first;
  const auto new_card = [&] { return InspectCard(dump, labels, options.wording, sink); };
  if (!dump.edges.empty()) {
    card ? new_card().edges() : send_array_rows(dump, nullptr, options.wording, sink);
    return;
  }
  if (const auto why = why_no_attention(dump, options.request)) {
    card ? new_card().arrays(*why) : send_array_rows(dump, nullptr, options.wording, sink);
    return;
  }
  const Inspected inspected = inspected_attention(dump, options.request, sink);
  for (const auto& text : inspected.reading.notes) sink.note(text);
  check_strict(dump, inspected.findings, options.strict);
  switch (options.layout) {
    case InspectLayout::card:
      new_card().attention(inspected);
      break;
    case InspectLayout::tensors:
      send_array_rows(dump, &inspected, options.wording, sink);
      break;
    case InspectLayout::heads:
      send_head_rows(dump, inspected, sink);
      break;
  }
}

}  // namespace attngraph
