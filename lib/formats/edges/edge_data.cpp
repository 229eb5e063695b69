#include "formats/edges/edge_data.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "formats/edges/decimal_number.hpp"
#include "formats/edges/edge_columns.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

/// What a short name takes in a set, and in the list that is told.
constexpr std::size_t bytes_of_other = 112;

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
}

[[noreturn]] void refuse(const EdgeDatum& datum, const char* expected, const std::string& place) {
  throw InputError(place, "the data " + in_quotes(datum.name) + " is " +
                              in_quotes(trimmed(datum.text)) + ", expected " + expected);
}

/// 1 and 0, as networkx and others write yes and no.
std::optional<double> truth(std::string_view text) {
  const std::string word = lower_case(text);
  if (word == "true") return 1;
  return word == "false" ? std::optional(0.0) : std::nullopt;
}

double finite_number(const EdgeDatum& datum, const std::string& place) {
  const auto value = decimal_number(trimmed(datum.text));
  if (!value || !std::isfinite(*value)) refuse(datum, "a finite number", place);
  return *value;
}

std::int64_t index(const EdgeDatum& datum, const std::string& place) {
  const auto value = parsed<std::int64_t>(trimmed(datum.text));
  if (!value || *value < 0) refuse(datum, "a whole number", place);
  return *value;
}

/// Data called by another word than these (`block`), which is no index, is something else.
bool is_other(const EdgeDatum& datum) {
  const std::string name = lower_case(datum.name);
  if (name == "layer" || name == "head") return false;
  const auto value = parsed<std::int64_t>(trimmed(datum.text));
  return !value || *value < 0;
}

}  // namespace

bool EdgeData::is_weight(std::string_view name) const {
  return wanted_.empty() ? lower_case(name) == "weight" : name == wanted_;
}

bool EdgeData::counts(std::string_view name) {
  const std::string text(name);
  if (is_weight(name) || names_layer(text) || names_head(text)) return true;
  if (others_.emplace(name).second) taken_.add(bytes_of_other + bytes_of_text(name.size()));
  return false;
}

void EdgeData::apply(const std::vector<EdgeDatum>& data, Edge& edge, const std::string& place) {
  const EdgeDatum* weight = nullptr;
  const EdgeDatum* layer = nullptr;
  const EdgeDatum* head = nullptr;
  for (const EdgeDatum& datum : data) {
    const bool weighs = is_weight(datum.name);
    const EdgeDatum*& known = weighs ? weight : names_layer(datum.name) ? layer : head;
    if (!weighs && is_other(datum)) continue;
    if (known != nullptr && known->name == datum.name) {
      throw InputError(place, "the data " + in_quotes(datum.name) + " occurs twice");
    }
    if (known != nullptr) {
      throw InputError(place,
                       (weighs ? "two weights, " : "two numbers of one layer or head, ") +
                           in_quotes(known->name) + " and " + in_quotes(datum.name),
                       weighs ? "choose one with $edge-weight" : "leave one of them out");
    }
    known = &datum;
  }
  if (weight != nullptr && !trimmed(weight->text).empty()) {
    edge.weight = truth(trimmed(weight->text));
    truths_ = truths_ || edge.weight;
    if (!edge.weight) edge.weight = finite_number(*weight, place);
  }
  if (layer != nullptr) edge.layer = index(*layer, place);
  if (head != nullptr) edge.head = index(*head, place);
  constexpr std::size_t most_names = 8;
  if (layer != nullptr && layer->name != "layer" && layers_.size() < most_names)
    layers_.insert(layer->name);
  if (head != nullptr && head->name != "head" && heads_.size() < most_names)
    heads_.insert(head->name);
}

std::vector<std::string> EdgeData::notes() const {
  std::vector<std::string> all;
  for (const auto& name : layers_) {
    all.push_back("edge data " + in_quotes(name) + " read as the layer");
  }
  for (const auto& name : heads_)
    all.push_back("edge data " + in_quotes(name) + " read as the head");
  return all;
}

std::string EdgeData::unweighted(const std::string& where) const {
  const std::vector<std::string> others(others_.begin(), others_.end());
  if (wanted_.empty()) return every_edge_weighs_one("edge data", others);
  throw InputError(where, "no edge has data called " + in_quotes(wanted_),
                   others.empty() ? "leave $edge-weight out: every edge then weighs 1"
                                  : "$edge-weight can be " + in_quotes(others));
}

}  // namespace attngraph
