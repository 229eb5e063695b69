#include "formats/graphs/graphml_keys.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace attngraph {
namespace {

/// What the short id of a key takes where it is looked up, with the list of its places.
constexpr std::size_t bytes_of_entry = 160;

void add_standard(std::vector<StandardText>& texts, const DataKey& key) {
  const auto known = std::find_if(texts.begin(), texts.end(),
                                  [&](const StandardText& text) { return text.name == key.name; });
  if (known == texts.end()) {
    texts.push_back({key.name, *key.standard});
    return;
  }
  known->is_one = known->is_one && known->text == *key.standard;
  known->text = *key.standard;
}

}  // namespace

KeyOwner key_owner(std::string_view text) {
  if (text.empty()) return KeyOwner::unsaid;
  constexpr std::array<std::pair<std::string_view, KeyOwner>, 4> owners{{{"node", KeyOwner::node},
                                                                         {"edge", KeyOwner::edge},
                                                                         {"graph", KeyOwner::graph},
                                                                         {"all", KeyOwner::all}}};
  const auto* const found = std::find_if(owners.begin(), owners.end(),
                                         [&](const auto& owner) { return owner.first == text; });
  return found == owners.end() ? KeyOwner::other : found->second;
}

void GraphmlKeys::add(const std::string& id, DataKey key) {
  taken_.add(3 * sizeof(DataKey) + bytes_of_entry + bytes_of_text(id.size()) +
             bytes_of_text(key.name.size()) + bytes_of_text(key.standard.value_or("").size()));
  std::vector<std::size_t>& places = places_[id];
  forget(places, key.owner);
  places.push_back(keys_.size());
  keys_.push_back(std::move(key));
  standards_.clear();
}

/// A key declared again stands for the first one of its id and owner.
void GraphmlKeys::forget(std::vector<std::size_t>& places, KeyOwner owner) {
  const auto same = std::find_if(places.begin(), places.end(),
                                 [&](std::size_t place) { return keys_[place].owner == owner; });
  if (same == places.end()) return;
  keys_[*same].standard.reset();
  places.erase(same);
}

const DataKey* GraphmlKeys::find(const std::string& id, KeyOwner element) const {
  const auto found = places_.find(id);
  if (found == places_.end()) return nullptr;
  const std::vector<std::size_t>& places = found->second;
  for (const KeyOwner owner : {element, KeyOwner::all, KeyOwner::unsaid}) {
    const auto place = std::find_if(places.begin(), places.end(),
                                    [&](std::size_t at) { return keys_[at].owner == owner; });
    if (place != places.end()) return &keys_[*place];
  }
  return &keys_[places.back()];
}

const std::vector<StandardText>& GraphmlKeys::standards(
    KeyOwner element, const std::function<bool(const std::string&)>& counts) {
  const auto [entry, is_new] = standards_.try_emplace(element);
  if (!is_new) return entry->second;
  for (const DataKey& key : keys_) {
    if (key.has_standard_for(element) && counts(key.name)) add_standard(entry->second, key);
  }
  return entry->second;
}

}  // namespace attngraph
