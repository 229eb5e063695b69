#include "formats/graphs/graphml_keys.hpp"

#include <utility>

namespace attngraph {

void GraphmlKeys::add(const std::string& id, DataKey key) {
  SameId& same = keys_[id];
  same.of_owner.insert_or_assign(key.owner, key);
  same.last = std::move(key);
  standards_.clear();
}

const DataKey* GraphmlKeys::find(const std::string& id, std::string_view element) const {
  const auto found = keys_.find(id);
  if (found == keys_.end()) return nullptr;
  for (const std::string_view owner : {element, std::string_view("all"), std::string_view()}) {
    const auto key = found->second.of_owner.find(owner);
    if (key != found->second.of_owner.end()) return &key->second;
  }
  return &found->second.last;
}

const std::vector<DataKey>& GraphmlKeys::standards(
    const std::string& element, const std::function<bool(const std::string&)>& counts) {
  const auto [entry, is_new] = standards_.try_emplace(element);
  if (!is_new) return entry->second;
  for (const auto& [id, same] : keys_) {
    for (const auto& [owner, key] : same.of_owner) {
      if (key.has_standard_for(element) && counts(key.name)) entry->second.push_back(key);
    }
  }
  return entry->second;
}

}  // namespace attngraph
