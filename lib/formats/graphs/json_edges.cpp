#include "formats/graphs/json_edges.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "formats/edges/edge_columns.hpp"
#include "formats/tables/decimal_number.hpp"

namespace attngraph {
namespace {

/// Keys that decide stand in front of long lists; what comes later costs no second parse.
constexpr std::size_t looked_at = 1 << 20;

constexpr std::array<std::string_view, 3> lists_of_graphs{"nodes", "links", "edges"};
constexpr std::array<std::string_view, 2> flags_of_graphs{"directed", "multigraph"};
/// What stands beside the results of attngraph, whose keys another program may have put in order,
/// and beside the data of pandas.
constexpr std::array<std::string_view, 3> lists_beside_rows{"inputs", "notes", "index"};

template <std::size_t count>
bool is_one(const std::array<std::string_view, count>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_fraction(const EdgeDatum& datum) {
  return datum.text.find('.') != datum.text.npos && decimal_number(datum.text);
}

/// Whether a row has a weight and two ends: columns of a matrix, called after its tokens, may be
/// `from`, `to` and `weight` too.
bool may_be_edge(const std::vector<EdgeDatum>& row) {
  const auto is_weight = [](const EdgeDatum& datum) {
    return lower_case(datum.name) == "weight" || lower_case(datum.name) == "value";
  };
  const auto fractions = std::count_if(row.begin(), row.end(), is_fraction);
  return std::any_of(row.begin(), row.end(), is_weight) &&
         row.size() - static_cast<std::size_t>(fractions) >= 2;
}

class FirstKeys : public JsonListener {
 public:
  JsonEdges found = JsonEdges::none;

  JsonList list(std::string_view key) override {
    if (key == "graph") return JsonList::skip;  // its attributes, as networkx once wrote them
    const JsonList use = tables_.list(key);
    if (use != JsonList::skip) return use;
    if (is_one(flags_of_graphs, key)) return JsonList::skip;
    if (key == "data" && !std::exchange(data_, true)) return JsonList::skip;
    if (data_) return JsonList::stop;
    if (is_one(lists_beside_rows, key)) return JsonList::skip;
    if (is_one(lists_of_graphs, key)) found = JsonEdges::graph;
    return JsonList::stop;
  }

  /// Nodes and edges as Cytoscape writes them, which who reads a graph will name.
  bool list_of(std::string_view object, std::string_view key) override {
    if (object == "elements" && is_one(lists_of_graphs, key)) found = JsonEdges::graph;
    return found == JsonEdges::none;
  }

  bool value(std::string_view key, const std::string& text) override {
    if (is_one(flags_of_graphs, key)) {
      found = JsonEdges::graph;
    } else if (key == "schema" && text.starts_with("attngraph/")) {
      found = JsonEdges::answer;
    }
    names_.emplace_back(key);
    return found == JsonEdges::none;
  }

  bool member(std::string_view object, std::string_view key, const std::string&) override {
    tables_.member(object, key);
    return true;
  }

  bool element(std::string_view section, const std::vector<EdgeDatum>& data) override {
    std::vector<std::string_view> names(data.size());
    std::transform(data.begin(), data.end(), names.begin(),
                   [](const EdgeDatum& datum) { return std::string_view(datum.name); });
    const bool is_edge = section != "data" || may_be_edge(data);
    if (is_edge && name_both_ends(names)) found = JsonEdges::answer;
    return false;
  }

  bool end() override {
    const std::vector<std::string_view> names(names_.begin(), names_.end());
    if (name_both_ends(names)) found = JsonEdges::lines;
    return false;
  }

 private:
  /// A list of them came, as Cytoscape's, or numbers: no list behind it is one of a graph.
  bool data_ = false;
  std::vector<std::string> names_;
  RowTables tables_;
};

}  // namespace

JsonList RowTables::list(std::string_view key) {
  if (key == "results") return JsonList::read;
  if (key == "columns") columns_ = true;
  if (key == "columns") return JsonList::names;
  if (key != "data") return JsonList::skip;
  return schema_ ? JsonList::read : columns_ ? JsonList::rows : JsonList::skip;
}

void RowTables::member(std::string_view object, std::string_view key) {
  if (object == "schema" && key == "pandas_version") schema_ = true;
}

JsonEdges json_edges(std::string_view text) {
  FirstKeys keys;
  try {
    read_json_elements(text.substr(0, looked_at), {}, 0, keys);
  } catch (const InputError&) {
    // What is wrong will be said by who reads all of it.
  }
  return keys.found;
}

}  // namespace attngraph
