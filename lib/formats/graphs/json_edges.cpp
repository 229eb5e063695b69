#include "formats/graphs/json_edges.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "formats/edges/edge_columns.hpp"
#include "formats/graphs/json_elements.hpp"

namespace attngraph {
namespace {

/// Keys that decide stand in front of long lists; what comes later costs no second parse.
constexpr std::size_t looked_at = 1 << 20;

constexpr std::array<std::string_view, 3> lists_of_graphs{"nodes", "links", "edges"};
constexpr std::array<std::string_view, 2> flags_of_graphs{"directed", "multigraph"};
/// What stands beside the results of attngraph; another program may have put its keys in order.
constexpr std::array<std::string_view, 3> lists_of_answers{"columns", "inputs", "notes"};

template <std::size_t count>
bool is_one(const std::array<std::string_view, count>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class FirstKeys : public JsonListener {
 public:
  JsonEdges found = JsonEdges::none;

  JsonList list(std::string_view key) override {
    if (key == "graph") return JsonList::skip;  // its attributes, as networkx once wrote them
    if (key == "results") return JsonList::read;
    if (is_one(lists_of_answers, key)) return JsonList::skip;
    if (is_one(lists_of_graphs, key)) found = JsonEdges::graph;
    return JsonList::stop;
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

  bool element(std::string_view, const std::vector<EdgeDatum>& data) override {
    std::vector<std::string_view> names;
    for (const EdgeDatum& datum : data) names.push_back(datum.name);
    if (name_both_ends(names)) found = JsonEdges::answer;
    return false;
  }

  bool end() override {
    const std::vector<std::string_view> names(names_.begin(), names_.end());
    if (name_both_ends(names)) found = JsonEdges::lines;
    return false;
  }

 private:
  std::vector<std::string> names_;
};

}  // namespace

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
