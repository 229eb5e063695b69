#include "formats/edges/edge_data.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "formats/edges/decimal_number.hpp"
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

}  // namespace

bool EdgeData::is_weight(std::string_view name) const {
  return wanted_.empty() ? lower_case(name) == "weight" : name == wanted_;
}

bool EdgeData::counts(std::string_view name) {
  if (is_weight(name) || name == "layer" || name == "head") return true;
  if (others_.emplace(name).second) taken_.add(bytes_of_other + bytes_of_text(name.size()));
  return false;
}

void EdgeData::apply(const std::vector<EdgeDatum>& data, Edge& edge, const std::string& place) {
  const EdgeDatum* weight = nullptr;
  const EdgeDatum* layer = nullptr;
  const EdgeDatum* head = nullptr;
  for (const EdgeDatum& datum : data) {
    const EdgeDatum*& known = is_weight(datum.name) ? weight : datum.name == "layer" ? layer : head;
    if (known != nullptr && known->name == datum.name) {
      throw InputError(place, "the data " + in_quotes(datum.name) + " occurs twice");
    }
    if (known != nullptr) {
      throw InputError(place,
                       "two weights, " + in_quotes(known->name) + " and " + in_quotes(datum.name),
                       "choose one with $edge-weight");
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
}

std::string EdgeData::unweighted(const std::string& where) const {
  const std::vector<std::string> others(others_.begin(), others_.end());
  if (wanted_.empty()) return every_edge_weighs_one("edge data", others);
  throw InputError(where, "no edge has data called " + in_quotes(wanted_),
                   others.empty() ? "leave $edge-weight out: every edge then weighs 1"
                                  : "$edge-weight can be " + in_quotes(others));
}

}  // namespace attngraph
