#include "formats/edges/edge_data.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "formats/edges/edge_columns.hpp"
#include "formats/rules.hpp"
#include "formats/tables/decimal_number.hpp"

namespace attngraph {
namespace {

/// What a short name takes in a map, and in the list that is told.
constexpr std::size_t bytes_of_name = 120;

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

std::optional<std::int64_t> index_of(const EdgeDatum& datum) {
  const auto value = parsed<std::int64_t>(trimmed(datum.text));
  return value && *value >= 0 ? value : std::nullopt;
}

std::int64_t index(const EdgeDatum& datum, const std::string& place) {
  const auto value = index_of(datum);
  if (!value) refuse(datum, "a whole number", place);
  return *value;
}

}  // namespace

bool EdgeData::is_weight(std::string_view name) const {
  return wanted_.empty() ? lower_case(name) == "weight" : name == wanted_;
}

EdgeData::Name& EdgeData::known(std::string_view name) {
  const auto found = names_.find(name);
  if (found != names_.end()) return found->second;
  taken_.add(bytes_of_name + bytes_of_text(name.size()));
  const std::string text(name), small = lower_case(name);
  Name made;
  if (is_weight(name)) {
    made.meaning = Meaning::weight;
  } else if (names_layer(text)) {
    made = {Meaning::layer, small == "layer"};
  } else if (names_head(text)) {
    made = {Meaning::head, small == "head"};
  }
  return names_.emplace(text, made).first->second;
}

bool EdgeData::counts(std::string_view name) { return known(name).meaning != Meaning::none; }

void EdgeData::apply(const std::vector<EdgeDatum>& data, Edge& edge, const std::string& place) {
  const EdgeDatum* weight = nullptr;
  const EdgeDatum* layer = nullptr;
  const EdgeDatum* head = nullptr;
  for (const EdgeDatum& datum : data) {
    Name& name = known(datum.name);
    const bool weighs = name.meaning == Meaning::weight;
    // Data called by another word (`block`), which is no index, is something else.
    if (!weighs && !name.own_word && !index_of(datum)) continue;
    name.used = true;
    const EdgeDatum*& first = weighs ? weight : name.meaning == Meaning::layer ? layer : head;
    if (first != nullptr && first->name == datum.name) {
      throw InputError(place, "the data " + in_quotes(datum.name) + " occurs twice");
    }
    if (first != nullptr) {
      throw InputError(place,
                       (weighs ? "two weights, " : "two numbers of one layer or head, ") +
                           in_quotes(first->name) + " and " + in_quotes(datum.name),
                       weighs ? "choose one with $edge-weight" : "leave one of them out");
    }
    first = &datum;
  }
  if (weight != nullptr && !trimmed(weight->text).empty()) {
    edge.weight = truth(trimmed(weight->text));
    truths_ = truths_ || edge.weight;
    if (!edge.weight) edge.weight = finite_number(*weight, place);
  }
  if (layer != nullptr) edge.layer = index(*layer, place);
  if (head != nullptr) edge.head = index(*head, place);
}

std::vector<std::string> EdgeData::notes() const {
  constexpr std::size_t most = 8;
  std::vector<std::string> all;
  for (const auto& [name, data] : names_) {
    const bool layer = data.meaning == Meaning::layer, head = data.meaning == Meaning::head;
    if (!data.used || !(layer || head) || name == "layer" || name == "head") continue;
    if (all.size() == most) break;
    all.push_back("edge data " + in_quotes(name) + " read as the " + (layer ? "layer" : "head"));
  }
  return all;
}

std::string EdgeData::unweighted(const std::string& where) const {
  std::vector<std::string> others;
  for (const auto& [name, data] : names_) {
    if (data.meaning == Meaning::none) others.push_back(name);
  }
  if (wanted_.empty()) return every_edge_weighs_one("edge data", others);
  throw InputError(where, "no edge has data called " + in_quotes(wanted_),
                   others.empty() ? "leave $edge-weight out: every edge then weighs 1"
                                  : "$edge-weight can be " + in_quotes(others));
}

}  // namespace attngraph
