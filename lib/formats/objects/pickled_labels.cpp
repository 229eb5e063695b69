#include "formats/objects/pickled_labels.hpp"

#include <algorithm>
#include <utility>

#include "formats/rules.hpp"

namespace attngraph {
namespace {

template <typename Is>
bool all(const PickleItems& items, Is is) {
  return !items.ids.empty() && std::all_of(items.ids.begin(), items.ids.end(), is);
}

}  // namespace

std::optional<Labels> pickled_labels(const Pickle& pickle, const PickleItems& items,
                                     const std::string& where, const ReadOptions& options) {
  const auto holds_text = [&](const PickleItems& list) {
    return all(list, [&](PickleId id) { return pickle.text(id).has_value(); });
  };
  const auto holds_ids = [&](const PickleItems& list) {
    return all(list, [&](PickleId id) { return pickle.integer(id) && !pickle.boolean(id); });
  };
  const auto holds_labels = [&](PickleId id) {
    const PickleItems* list = pickle.items(id);
    return list != nullptr && (holds_text(*list) || holds_ids(*list));
  };
  const PickleItems* list = &items;
  if (all(items, holds_labels)) {
    list = pickle.items(items.ids[item_of_batch(items.ids.size(), where, options)]);
  }
  const bool ids = holds_ids(*list);
  if (!ids && !holds_text(*list)) return std::nullopt;
  require_memory(list->ids.size() * sizeof(std::string), options.limits, where);
  Labels labels{{}, ids ? ids_note : ""};
  for (const PickleId id : list->ids) {
    labels.texts.push_back(ids ? std::to_string(*pickle.integer(id))
                               : std::string(*pickle.text(id)));
    require_label(labels.texts.back(), options.limits,
                  where + ": [" + std::to_string(labels.texts.size() - 1) + "]");
  }
  return labels;
}

}  // namespace attngraph
