#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace attngraph {

/// One kind of data that nodes or edges carry.
struct DataKey {
  std::string name;
  std::string owner;                    // `node`, `edge`, `graph`, `all` …
  std::optional<std::string> standard;  // the text where an element has none

  /// Whether nodes (or edges) can have such data. What is declared for the other of the two can
  /// stand with either.
  bool is_of_elements() const {
    return owner.empty() || owner == "all" || owner == "node" || owner == "edge";
  }
  bool has_standard_for(std::string_view element) const {
    return standard && (owner.empty() || owner == "all" || owner == element);
  }
};

/// The keys that a GraphML document declares. One id may stand for a key of nodes, one of edges and
/// one of the graph.
class GraphmlKeys {
 public:
  void add(const std::string& id, DataKey key);

  /// The key of that id for such an element: declared for it, for all, or else the last one; null
  /// where there is none.
  const DataKey* find(const std::string& id, std::string_view element) const;

  /// The keys that give a text to elements of that kind that have none, of those that count.
  /// @param counts asked once of each name
  const std::vector<DataKey>& standards(const std::string& element,
                                        const std::function<bool(const std::string&)>& counts);

 private:
  struct SameId {
    std::map<std::string, DataKey, std::less<>> of_owner;
    DataKey last;
  };

  std::unordered_map<std::string, SameId> keys_;
  /// By the kind of element; found when they are first asked for.
  std::map<std::string, std::vector<DataKey>> standards_;
};

}  // namespace attngraph
