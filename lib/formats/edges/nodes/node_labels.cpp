#include "formats/edges/nodes/node_labels.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "formats/rules.hpp"
#include "formats/tables/decimal_number.hpp"

namespace attngraph {
namespace {

/// What a short label takes: here, and where it becomes a token, which may then move once more.
constexpr std::size_t bytes_of_node = 96 + 2 * sizeof(std::string);

}  // namespace

void NodeLabels::add(std::int32_t node, std::string_view text, FieldPlace place,
                     const std::string& hint) {
  const auto [entry, is_new] = labels_.emplace(node, text);
  if (is_new) {
    require_label(text, limits_, place.text());
    taken_.add(bytes_of_node + 2 * bytes_of_text(text.size()));
  } else if (entry->second != text) {
    throw InputError(
        place.text(),
        "the node that was called " + in_quotes(entry->second) + " is called " + in_quotes(text),
        hint);
  }
}

ComparedLabels NodeLabels::compared(const NodeLabels& other) const {
  ComparedLabels both;
  for (const auto& [node, text] : labels_) {
    const auto found = other.labels_.find(node);
    if (found == other.labels_.end()) continue;
    ++both.shared;
    if (found->second == text) continue;
    both.first = both.different == 0 ? node : std::min(both.first, node);
    ++both.different;
  }
  return both;
}

bool NodeLabels::all_begin_with(std::string_view mark) const {
  return std::all_of(labels_.begin(), labels_.end(),
                     [&](const auto& label) { return label.second.starts_with(mark); });
}

void NodeLabels::cut(std::size_t bytes) {
  for (auto& [node, text] : labels_) text.erase(0, bytes);
}

bool NodeLabels::are_indices() const {
  return std::all_of(labels_.begin(), labels_.end(),
                     [](const auto& label) { return label.second == std::to_string(label.first); });
}

bool NodeLabels::are_whole_numbers() const {
  return std::all_of(labels_.begin(), labels_.end(),
                     [](const auto& label) { return whole_index(label.second).has_value(); });
}

void NodeLabels::merge(const NodeLabels& other) {
  labels_.insert(other.labels_.begin(), other.labels_.end());
}

std::string NodeLabels::of(std::int32_t node, const std::string& id) const {
  const auto found = labels_.find(node);
  return found == labels_.end() ? id : found->second;
}

std::vector<std::string> NodeLabels::of_indices(std::size_t count) const {
  taken_.require(2 * count * sizeof(std::string));
  std::vector<std::string> labels;
  for (std::size_t v = 0; v < count; ++v) {
    labels.push_back(of(static_cast<std::int32_t>(v), std::to_string(v)));
  }
  return labels;
}

}  // namespace attngraph
