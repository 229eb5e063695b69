#include "formats/graphs/graph_nodes.hpp"

#include <utility>

#include "core/error.hpp"
#include "formats/edges/nodes/whole_numbers.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

/// What a short id takes where it is looked up.
constexpr std::size_t bytes_of_entry = 80;

}  // namespace

void GraphNodes::declare(const std::string& id, std::optional<std::string> label) {
  const std::string place = where_ + ": node " + in_quotes(id);
  require_label(label.value_or(id), limits_, place);
  Node& node = nodes_[static_cast<std::size_t>(mentioned(id))];
  if (node.order >= 0) throw InputError(place, "is declared twice");
  node.order = declared_++;
  node.label = std::move(label);
  // It is a token too, as is an id without a label.
  taken_.add(sizeof(std::string) + 2 * bytes_of_text(node.label.value_or("").size()));
}

std::int32_t GraphNodes::mentioned(const std::string& id) {
  const auto [entry, is_new] = numbers_.emplace(id, static_cast<std::int32_t>(nodes_.size()));
  if (is_new) {
    taken_.add(bytes_of_entry + 3 * sizeof(Node) + 2 * bytes_of_text(id.size()));
    nodes_.push_back({id, std::nullopt, -1, 0});
  }
  return entry->second;
}

void GraphNodes::set_output(const std::string& id, double probability) {
  nodes_[static_cast<std::size_t>(mentioned(id))].output = probability;
}

std::vector<std::int32_t> GraphNodes::places() const {
  if (nodes_.empty()) throw InputError(where_, "holds no node");
  std::vector<std::int32_t> places;
  std::vector<std::string> numbers;
  for (const Node& node : nodes_) {
    if (node.order < 0) {
      throw InputError(where_, "an edge names the node " + in_quotes(node.id) +
                                   ", which does not stand in the file");
    }
    places.push_back(node.order);
    if (is_whole_number(node.id)) numbers.push_back(node.id);
  }
  return numbers.size() == nodes_.size() ? places_in_order(numbers) : places;
}

std::vector<std::int32_t> GraphNodes::finish(Dump& dump) const {
  std::vector<std::int32_t> numbers = places();
  std::vector<std::string> tokens(nodes_.size());
  bool bare_numbers = true;
  std::vector<double> outputs(nodes_.size());
  bool any_output = false;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    tokens[static_cast<std::size_t>(numbers[i])] = nodes_[i].label.value_or(nodes_[i].id);
    outputs[static_cast<std::size_t>(numbers[i])] = nodes_[i].output;
    any_output = any_output || nodes_[i].output > 0;
    bare_numbers = bare_numbers && !nodes_[i].label && is_whole_number(nodes_[i].id);
  }
  if (any_output) dump.outputs = std::move(outputs);
  std::size_t same = 0;
  while (same < tokens.size() && tokens[same] == std::to_string(same)) ++same;
  if (same == tokens.size()) return numbers;
  if (bare_numbers) dump.notes.push_back(names_note(tokens.front()));
  dump.tokens = std::move(tokens);
  return numbers;
}

}  // namespace attngraph
