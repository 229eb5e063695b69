#include "formats/edges/nodes/edge_nodes.hpp"

#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "formats/edges/nodes/whole_numbers.hpp"
#include "formats/rules.hpp"
#include "formats/tables/decimal_number.hpp"

namespace attngraph {
namespace {

/// The largest index of a node.
constexpr std::int32_t largest_node = 2147483646;

/// Larger ids are kept as names, so that a stray one costs no memory for all below it.
constexpr std::int32_t largest_seen = 1 << 23;

/// What a node with a short name takes: where it is looked up, in the list of names, which moves as
/// it grows, and among the tokens.
constexpr std::size_t bytes_of_node = 80 + 3 * sizeof(std::string) + sizeof(std::string);

/// The number that `id` is, written without leading zeros.
std::optional<std::int32_t> index_of(std::string_view id) {
  if (id.size() > 1 && id.front() == '0' && id != "0.0") return std::nullopt;
  const auto value = whole_index(id);
  if (!value || *value > largest_node) return std::nullopt;
  return static_cast<std::int32_t>(*value);
}

}  // namespace

EdgeNodes::EdgeNodes(const Limits& limits, TakenMemory& taken, Ids ids,
                     std::optional<std::size_t> count, bool labelled)
    : limits_(limits),
      taken_(taken),
      ids_(ids),
      count_(count),
      indices_(count.has_value() || labelled) {}

std::optional<std::int32_t> EdgeNodes::number(std::string_view id, FieldPlace place) {
  if (id.empty()) throw InputError(place.text(), "'', expected an index or a label");
  if (ids_ == Ids::names) return name(id, place);
  const auto index = index_of(id);
  if (count_ && (!index || static_cast<std::size_t>(*index) >= *count_)) {
    throw InputError(
        place.text(), in_quotes(id) + ", expected an index below " + std::to_string(*count_),
        "with $nodes or $tokens the ids are indices of nodes; without, they are names");
  }
  if (!index || (!count_ && *index > largest_seen)) return std::nullopt;
  if (!indices_) see(static_cast<std::size_t>(*index));
  end_ = std::max(end_, static_cast<std::size_t>(*index) + 1);
  return index;
}

void EdgeNodes::see(std::size_t node) {
  if (node >= seen_.size()) seen_.resize(std::max(node + 1, 2 * seen_.size()));
  seen_[node] = true;
}

std::int32_t EdgeNodes::name(std::string_view id, FieldPlace place) {
  const auto [entry, is_new] =
      numbers_.emplace(std::string(id), static_cast<std::int32_t>(names_.size()));
  if (is_new) {
    if (id.size() > limits_.label || invalid_utf8(id) != id.npos) {
      require_label(id, limits_, place.text());
    }
    taken_.add(bytes_of_node + 3 * bytes_of_text(id.size()));
    names_.emplace_back(id);
  }
  return entry->second;
}

std::vector<std::int32_t> EdgeNodes::finish(Dump& dump, const NodeLabels& labels) const {
  if (ids_ == Ids::names) return names_in_order(dump, labels);
  if (!indices_) return numbers_in_order(dump, labels);
  dump.nodes = count_.value_or(end_);
  if (!labels.empty()) dump.tokens = labels.of_indices(dump.nodes);
  return {};
}

std::vector<std::int32_t> EdgeNodes::numbers_in_order(Dump& dump, const NodeLabels& labels) const {
  const auto nodes = static_cast<std::size_t>(std::count(seen_.begin(), seen_.end(), true));
  dump.nodes = nodes;
  if (nodes == end_) {
    if (!labels.empty()) dump.tokens = labels.of_indices(nodes);
    return {};
  }
  taken_.require(end_ * sizeof(std::int32_t) + 2 * nodes * sizeof(std::string));
  std::vector<std::int32_t> places(end_);
  const auto first = std::find(seen_.begin(), seen_.end(), true) - seen_.begin();
  for (std::size_t v = 0; v < end_; ++v) {
    if (!seen_[v]) continue;
    places[v] = static_cast<std::int32_t>(dump.tokens.size());
    const std::string id = std::to_string(v);
    dump.tokens.push_back(labels.of(static_cast<std::int32_t>(v), id));
  }
  dump.notes.push_back(names_note(std::to_string(first)));
  return places;
}

std::vector<std::int32_t> EdgeNodes::names_in_order(Dump& dump, const NodeLabels& labels) const {
  const auto whole = [](const std::string& name) { return is_whole_number(name); };
  const bool all_whole = std::all_of(names_.begin(), names_.end(), whole);
  const bool any_whole = std::any_of(names_.begin(), names_.end(), whole);
  std::vector<std::int32_t> places;
  if (all_whole) places = places_in_order(names_);
  dump.nodes = names_.size();
  dump.tokens.resize(names_.size());
  for (std::size_t i = 0; i < names_.size(); ++i) {
    dump.tokens[places.empty() ? i : static_cast<std::size_t>(places[i])] =
        labels.of(static_cast<std::int32_t>(i), names_[i]);
  }
  if (all_whole) {
    dump.notes.push_back(names_note(dump.tokens.front()));
  } else if (any_whole) {
    // One such as 1.0 would be an index among whole numbers, and another is why it is none.
    const auto index = [&](const std::string& name) { return whole(name) || index_of(name); };
    auto text = std::find_if_not(names_.begin(), names_.end(), index);
    if (text == names_.end()) text = std::find_if_not(names_.begin(), names_.end(), whole);
    dump.notes.push_back("ids are names: " + in_quotes(*text) + " is no whole number");
  }
  return places;
}

}  // namespace attngraph
