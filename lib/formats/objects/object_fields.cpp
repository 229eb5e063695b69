#include "formats/objects/object_fields.hpp"

#include "formats/objects/numpy_pickle.hpp"
#include "formats/objects/object_path.hpp"
#include "formats/objects/pickled_lists.hpp"
#include "tensor/part_lists.hpp"

namespace attngraph {

void ObjectFields::one(PickleId id, const std::string& path) {
  if (const auto text = pickle_.text(id)) return finds_.text(path, *text);
  if (const auto number = pickle_.integer(id)) return finds_.number(path, *number);
  if (const auto number = pickle_.real(id)) return finds_.real(path, *number);
  const PickleObject* object = pickle_.object(id);
  if (object == nullptr) return;
  const auto number = numpy_number(pickle_, *object, bytes_, finds_.place(path));
  if (number) finds_.real(path, *number);
}

void ObjectFields::each(const PickleItems& items, const std::string& path) {
  for (std::size_t i = 0; i < items.ids.size(); ++i) {
    one(items.ids[i], child_path(path, std::to_string(i)));
  }
}

void ObjectFields::numbers_of_parts(const PickleItems& items, const std::string& path) {
  const bool says = lists_layers(path) || lists_heads(path);
  if (says && path.find('.') == path.npos && holds_ids(pickle_, items)) each(items, path);
}

void ObjectFields::names_of_parts(const PickleItems& items, const std::string& path) {
  if (items.ids.size() <= most_told_texts(path)) each(items, path);
}

}  // namespace attngraph
