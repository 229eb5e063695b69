#include "formats/graphs/graph_parts.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/error.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::array<std::string_view, 3> label_names{"label", "name", "token"};
static_assert(label_names.size() < no_label_rank);

}  // namespace

void GraphParts::add(Edge edge, const std::vector<EdgeDatum>& data, const std::string& place) {
  meaning.apply(data, edge, place);
  edges_.add(edge);
}

Dump GraphParts::dump(const std::string& format) {
  if (!node_label_.empty() && !labelled_) {
    throw InputError(where_, "no node has data called " + in_quotes(node_label_),
                     "$label names what labels a node");
  }
  meaning.require_one_graph();
  Dump dump;
  dump.source = where_;
  dump.format = format;
  const std::vector<std::int32_t> places = nodes.finish(dump);
  const bool any = edges_.size() > 0;
  edges_.finish(dump, places.size(), places);
  if (any && !edges_.weighted()) dump.notes.push_back(meaning.unweighted(where_));
  for (const std::string& note : meaning.notes()) dump.notes.push_back(note);
  if (meaning.truths()) dump.notes.emplace_back("weights that are true or false count as 1 or 0");
  return dump;
}

std::size_t GraphParts::label_rank(std::string_view name) {
  if (!node_label_.empty()) {
    if (name != node_label_) return no_label_rank;
    labelled_ = true;
    return 0;
  }
  const auto found = std::find(label_names.begin(), label_names.end(), lower_case(name));
  return found == label_names.end() ? no_label_rank
                                    : static_cast<std::size_t>(found - label_names.begin());
}

}  // namespace attngraph
