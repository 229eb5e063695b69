#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "formats/taken_memory.hpp"

namespace attngraph {

/// What a key is declared for: `unsaid` where it does not say, `other` for ports and the like.
enum class KeyOwner { node, edge, graph, all, unsaid, other };

/// By the attribute `for` of a key.
KeyOwner key_owner(std::string_view text);

/// One kind of data that nodes or edges carry.
struct DataKey {
  std::string name;
  KeyOwner owner = KeyOwner::unsaid;
  std::optional<std::string> standard;  // the text where an element has none

  /// Whether nodes (or edges) can have such data. What is declared for the other of the two can
  /// stand with either.
  bool is_of_elements() const { return owner != KeyOwner::graph && owner != KeyOwner::other; }
  bool has_standard_for(KeyOwner element) const {
    return standard && (owner == KeyOwner::unsaid || owner == KeyOwner::all || owner == element);
  }
};

/// The text of an element that has no data of that name.
struct StandardText {
  std::string name;
  std::string text;
  bool is_one = true;  // whether all keys of that name have the same
};

/// The keys that a GraphML document declares. One id may stand for a key of nodes, one of edges and
/// one of the graph.
class GraphmlKeys {
 public:
  explicit GraphmlKeys(TakenMemory& taken) : taken_(taken) {}

  /// @throws LimitError where all of them take too much memory
  void add(const std::string& id, DataKey key);

  /// The key of that id for such an element: declared for it, for all, or else the last one; null
  /// where there is none. Valid until the next is added.
  const DataKey* find(const std::string& id, KeyOwner element) const;

  /// One text for each name that counts, that of the last key of the name which has one.
  /// @param counts asked once for each key
  const std::vector<StandardText>& standards(KeyOwner element,
                                             const std::function<bool(const std::string&)>& counts);

 private:
  TakenMemory& taken_;
  /// In the order of the document.
  std::vector<DataKey> keys_;
  /// Where the keys of an id stand, one for each owner, the last one behind.
  std::unordered_map<std::string, std::vector<std::size_t>> places_;
  /// By the kind of element; found when they are first asked for.
  std::map<KeyOwner, std::vector<StandardText>> standards_;

  void forget(std::vector<std::size_t>& places, KeyOwner owner);
};

}  // namespace attngraph
