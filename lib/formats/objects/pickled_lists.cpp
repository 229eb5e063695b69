#include "formats/objects/pickled_lists.hpp"

#include <algorithm>

namespace attngraph {
namespace {

template <typename Is>
bool all(const PickleItems& list, Is is) {
  return !list.ids.empty() && std::all_of(list.ids.begin(), list.ids.end(), is);
}

bool is_number(const Pickle& pickle, PickleId id) {
  return pickle.integer(id).has_value() || pickle.real(id).has_value();
}

/// Whether it is a dict, or a list whose first items lead to an array or a number.
bool holds_no_texts(const Pickle& pickle, const PickleItems* items) {
  for (std::size_t depth = 0; items != nullptr && depth < deepest_pickle; ++depth) {
    if (items->kind == PickleItemsKind::dict) return true;
    if (items->ids.empty()) return false;
    const PickleId first = items->ids.front();
    if (pickle.object(first) != nullptr || is_number(pickle, first)) return true;
    items = pickle.items(first);
  }
  return false;
}

}  // namespace

bool holds_text(const Pickle& pickle, const PickleItems& list) {
  return all(list, [&](PickleId id) { return pickle.text(id).has_value(); });
}

bool holds_ids(const Pickle& pickle, const PickleItems& list) {
  return all(list, [&](PickleId id) {
    return pickle.large_integer(id) || (pickle.integer(id) && !pickle.boolean(id));
  });
}

bool holds_numbers(const Pickle& pickle, const PickleItems& list) {
  return all(list, [&](PickleId id) { return is_number(pickle, id); });
}

bool holds_lists(const Pickle& pickle, const PickleItems& list) {
  return all(list, [&](PickleId id) {
    const PickleItems* items = pickle.items(id);
    return items != nullptr &&
           (items->kind == PickleItemsKind::list || items->kind == PickleItemsKind::tuple);
  });
}

bool holds_lists_of_numbers(const Pickle& pickle, const PickleItems& list) {
  return all(list, [&](PickleId id) {
    const PickleItems* items = pickle.items(id);
    return items != nullptr && holds_numbers(pickle, *items);
  });
}

bool is_record(const Pickle& pickle, const PickleItems& list) {
  return std::any_of(list.ids.begin(), list.ids.end(), [&](PickleId id) {
    return pickle.object(id) != nullptr || holds_no_texts(pickle, pickle.items(id));
  });
}

}  // namespace attngraph
