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

/// Of what edges of a file have no more is looked at.
constexpr std::size_t most_left_out = 64;

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
  return whole_index(trimmed(datum.text));
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
  } else if (names_head_beside_layers(text)) {
    made.meaning = Meaning::h;
  } else if (small == "id" || small == "key") {
    made.meaning = Meaning::id;
  }
  return names_.emplace(text, made).first->second;
}

bool EdgeData::counts(std::string_view name) {
  const Meaning meaning = known(name).meaning;
  return meaning != Meaning::none && meaning != Meaning::id;
}

bool EdgeData::is_looked_at(std::string_view name) {
  const Name& found = known(name);
  return found.meaning != Meaning::id &&
         (found.meaning != Meaning::none || found.column || texts_.size() < most_left_out);
}

void EdgeData::leave_out(Name& name, const EdgeDatum& datum) {
  if (name.meaning == Meaning::id) return;
  if (!name.column) {
    if (texts_.size() == most_left_out) return;
    name.column = texts_.size();
    left_out_.add_column(texts_.size(), datum.name);
    texts_.emplace_back();
  }
  texts_[*name.column] = datum.text;
}

EdgeData::Found EdgeData::found_in(const std::vector<EdgeDatum>& data, const std::string& place) {
  Found found;
  for (const EdgeDatum& datum : data) {
    Name& name = known(datum.name);
    const bool weighs = name.meaning == Meaning::weight;
    const bool counts = name.meaning != Meaning::none && name.meaning != Meaning::id;
    // Data called by another word (`block`), which is no index, is something else.
    const bool second_h = name.meaning == Meaning::h && found.h != nullptr;
    if (!counts || second_h || (!weighs && !name.own_word && !index_of(datum))) {
      leave_out(name, datum);
      continue;
    }
    const EdgeDatum*& first = weighs                           ? found.weight
                              : name.meaning == Meaning::layer ? found.layer
                              : name.meaning == Meaning::head  ? found.head
                                                               : found.h;
    name.used = name.used || name.meaning != Meaning::h;
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
  return found;
}

void EdgeData::apply(const std::vector<EdgeDatum>& data, Edge& edge, const std::string& place) {
  std::fill(texts_.begin(), texts_.end(), std::string_view());
  Found found = found_in(data, place);
  if (found.h != nullptr) {
    Name& name = known(found.h->name);
    const bool beside = found.layer != nullptr && found.head == nullptr;
    name.used = name.used || beside;
    beside ? void(found.head = found.h) : leave_out(name, *found.h);
  }
  const EdgeDatum* const weight = found.weight;
  if (weight != nullptr && !trimmed(weight->text).empty()) {
    edge.weight = truth(trimmed(weight->text));
    truths_ = truths_ || edge.weight;
    if (!edge.weight) edge.weight = finite_number(*weight, place);
  }
  if (found.layer != nullptr) edge.layer = index(*found.layer, place);
  if (found.head != nullptr) edge.head = index(*found.head, place);
  left_out_.add(edge, texts_);
}

std::vector<std::string> EdgeData::notes() const {
  constexpr std::size_t most = 8;
  std::vector<std::string> all;
  for (const auto& [name, data] : names_) {
    const bool layer = data.meaning == Meaning::layer;
    const bool head = data.meaning == Meaning::head || data.meaning == Meaning::h;
    if (!data.used || !(layer || head) || name == "layer" || name == "head") continue;
    if (all.size() == most) break;
    all.push_back("edge data " + in_quotes(name) + " read as the " + (layer ? "layer" : "head"));
  }
  return all;
}

std::string EdgeData::unweighted(const std::string& where) const {
  std::vector<std::string> others;
  for (const auto& [name, data] : names_) {
    const bool is_h = data.meaning == Meaning::h && !data.used;
    if (is_h || data.meaning == Meaning::none || data.meaning == Meaning::id) {
      others.push_back(name);
    }
  }
  if (wanted_.empty()) return every_edge_weighs_one("edge data", others);
  throw InputError(where, "no edge has data called " + in_quotes(wanted_),
                   others.empty() ? "leave $edge-weight out: every edge then weighs 1"
                                  : "$edge-weight can be " + in_quotes(others));
}

}  // namespace attngraph
