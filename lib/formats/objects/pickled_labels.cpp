#include "formats/objects/pickled_labels.hpp"

#include <string_view>

#include "core/error.hpp"
#include "formats/objects/pickled_lists.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

/// Bytes of all labels of a list.
constexpr std::size_t most_bytes = std::size_t{64} << 20;

std::string id_text(const Pickle& pickle, PickleId id, const std::string& place) {
  if (const auto number = pickle.integer(id)) return std::to_string(*number);
  throw InputError(place, "is a whole number beyond 64 bits, expected the id of a token",
                   "save the texts of the tokens");
}

/// A string repeated by the memo takes room each time.
void require_room(const Pickle& pickle, const PickleItems& list, const std::string& where) {
  std::size_t bytes = 0;
  for (const PickleId id : list.ids) {
    bytes += sizeof(std::string) + pickle.text(id).value_or(std::string_view()).size();
    if (bytes > most_bytes) {
      throw LimitError(where, "labels of more than 64 MiB", "save the labels of one text");
    }
  }
}

}  // namespace

std::optional<Labels> pickled_labels(const Pickle& pickle, const PickleItems& items,
                                     const std::string& where, const ReadOptions& options) {
  const PickleItems* list = &items;
  if (holds_lists(pickle, items)) {
    const PickleItems& first = *pickle.items(items.ids.front());
    if (!holds_text(pickle, first) && !holds_ids(pickle, first)) return std::nullopt;
    list = pickle.items(items.ids[item_of_batch(items.ids.size(), where, options)]);
  }
  const bool ids = holds_ids(pickle, *list);
  if (!ids && !holds_text(pickle, *list)) return std::nullopt;
  require_room(pickle, *list, where);
  Labels labels{{}, ids ? ids_note : ""};
  for (const PickleId id : list->ids) {
    const std::string place = where + ": [" + std::to_string(labels.texts.size()) + "]";
    labels.texts.push_back(ids ? id_text(pickle, id, place) : std::string(*pickle.text(id)));
    require_label(labels.texts.back(), options.limits, place);
  }
  return labels;
}

}  // namespace attngraph
