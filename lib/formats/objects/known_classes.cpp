#include "formats/objects/known_classes.hpp"

#include <algorithm>

namespace attngraph {
namespace {

/// Null where there is none.
const PickleId* first_argument(const Pickle& pickle, const PickleObject& object) {
  const PickleItems* arguments = pickle.items(object.arguments, PickleItemsKind::tuple);
  return arguments == nullptr || arguments->ids.empty() ? nullptr : &arguments->ids.front();
}

/// Whether a block is an array of objects, some of which are arrays.
bool has_cells(const Pickle& pickle, PickleId id) {
  const PickleObject* block = pickle.object(id);
  const PickleId* values = block ? first_argument(pickle, *block) : nullptr;
  const PickleObject* array = values ? pickle.object(*values) : nullptr;
  const PickleItems* state = array && array->state ? pickle.items(*array->state) : nullptr;
  if (state == nullptr || state->ids.empty()) return false;
  const PickleItems* cells = pickle.items(state->ids.back(), PickleItemsKind::list);
  return cells != nullptr && std::any_of(cells->ids.begin(), cells->ids.end(), [&](PickleId cell) {
           return pickle.object(cell) != nullptr;
         });
}

}  // namespace

bool makes_set(std::string_view name) {
  return name == "builtins.set" || name == "__builtin__.set" || name == "builtins.frozenset" ||
         name == "__builtin__.frozenset";
}

bool has_slots(const Pickle& pickle, PickleId state) {
  const PickleItems* pair = pickle.items(state, PickleItemsKind::tuple);
  return pair != nullptr && pair->ids.size() == 2 &&
         pickle.items(pair->ids[1], PickleItemsKind::dict) != nullptr;
}

PandasFrame pandas_frame(const Pickle& pickle, const PickleObject& object) {
  const std::string_view name = pickle.global(object.callable);
  if (!name.starts_with("pandas.")) return PandasFrame::none;
  if (!name.ends_with(".BlockManager")) return PandasFrame::cells;
  const PickleId* first = first_argument(pickle, object);
  const PickleItems* blocks = first ? pickle.items(*first) : nullptr;
  const bool cells =
      blocks != nullptr && std::any_of(blocks->ids.begin(), blocks->ids.end(),
                                       [&](PickleId id) { return has_cells(pickle, id); });
  return cells ? PandasFrame::cells : PandasFrame::numbers;
}

}  // namespace attngraph
