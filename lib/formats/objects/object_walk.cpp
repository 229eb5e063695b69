// Every container and object is walked once, so an object that holds itself, or holds another a
// million times, costs no more than its bytes. Paths cost memory of their own and are counted.
#include <utility>

#include "formats/objects/known_classes.hpp"
#include "formats/objects/number_lists.hpp"
#include "formats/objects/object_fields.hpp"
#include "formats/objects/object_finds.hpp"
#include "formats/objects/object_keys.hpp"
#include "formats/objects/object_path.hpp"
#include "formats/objects/pickled_labels.hpp"
#include "formats/objects/pickled_lists.hpp"
#include "formats/objects/pickled_object.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::size_t longest_path = 1024;
/// Lists that are looked at for labels.
constexpr std::size_t most_label_lists = 200;

/// What to do with an array that was met before: two keys of a dict may hold one tensor, but the
/// state and the arguments of an object repeat its items.
enum class Repeats { named, dropped };

class ObjectWalk {
 public:
  ObjectWalk(const Pickle& pickle, Storages& storages, const std::string& where,
             const ReadOptions& options)
      : pickle_(pickle),
        bytes_(pickle, options.limits),
        tensors_(pickle, storages, bytes_, options.limits),
        lists_(pickle, options.limits),
        where_(where),
        options_(options),
        finds_(where_, options_),
        keys_(pickle, bytes_, tensors_),
        fields_(pickle, bytes_, finds_),
        walked_(pickle.values()) {}

  ObjectContents contents(const std::string& name) {
    const PickleId root = pickle_.root();
    if (pickle_.is_none(root)) {
      finds_.left_out(name, {place(name), "holds None in place of arrays", fused_hint});
    }
    value(root, name, Repeats::named);
    return finds_.finished();
  }

 private:
  const Pickle& pickle_;
  PickledBytes bytes_;
  TorchTensors tensors_;
  NumberLists lists_;
  const std::string& where_;
  const ReadOptions& options_;
  ObjectFinds finds_;
  ObjectKeys keys_;
  ObjectFields fields_;
  std::vector<bool> walked_;
  std::size_t depth_ = 0;
  std::size_t label_lists_ = 0;
  /// Whether the next container is a list that makes a set.
  bool is_set_ = false;
  /// What arrays are parts of.
  PandasFrame frame_ = PandasFrame::none;

  std::string place(const std::string& path) const { return finds_.place(path); }

  void value(PickleId id, const std::string& path, Repeats repeats) {
    if (const PickleItems* items = pickle_.items(id)) {
      inside(id, items->at, path, repeats, [&] { container(id, *items, path, repeats); });
    } else if (const PickleObject* object = pickle_.object(id)) {
      const std::string_view function = pickle_.global(object->callable);
      if (makes_torch_tensor(function) || makes_numpy_array(function)) {
        array(id, *object, path, repeats);
      } else if (!is_numpy_scalar(function)) {
        inside(id, object->at, path, repeats, [&] { opaque(*object, path, repeats); });
      }
    }
  }

  void child(PickleId id, const std::string& path, std::string_view key, Repeats repeats) {
    if (pickle_.items(id) == nullptr && pickle_.object(id) == nullptr) return;
    if (path.size() + key.size() >= longest_path) {
      throw LimitError(place(path), "the path to what it holds is longer than 1024 bytes",
                       "save the arrays in one list or dict");
    }
    value(id, child_path(path, key), repeats);
  }

  /// Walks over a container or object unless that was done.
  template <typename Walk>
  void inside(PickleId id, std::size_t at, const std::string& path, Repeats repeats, Walk walk) {
    if (walked_[id]) {
      if (repeats == Repeats::named) finds_.met_again(id, path);
      return;
    }
    if (depth_ == deepest_pickle) {
      throw InputError(where_ + ": byte " + std::to_string(at),
                       "containers are nested deeper than 64",
                       "save the arrays in one list or dict");
    }
    walked_[id] = true;
    ++depth_;
    const std::size_t before = finds_.arrays();
    walk();
    --depth_;
    if (finds_.arrays() > before) finds_.container(id, path);
  }

  void dict(const PickleItems& items, const std::string& path, Repeats repeats) {
    for (std::size_t i = 0; i + 1 < items.ids.size(); i += 2) {
      const PickleId held = items.ids[i + 1];
      const auto name = keys_.name(items.ids[i], place(path));
      const std::string key = name.value_or(std::to_string(i / 2));
      if (pickle_.is_none(held) && names_attention(key)) finds_.none(child_path(path, key));
      if (!path.empty() || !pickle_.text(held)) fields_.one(held, child_path(path, key));
      const std::size_t before = finds_.arrays();
      child(held, path, key, repeats);
      if (!name && finds_.arrays() > before) finds_.nameless(path);
    }
    finds_.dict_of_none(pickle_, items, path);
  }

  void container(PickleId id, const PickleItems& items, const std::string& path, Repeats repeats) {
    if (items.kind == PickleItemsKind::dict) return dict(items, path, repeats);
    const bool is_set = std::exchange(is_set_, false) || items.kind == PickleItemsKind::set;
    if (may_be_labels(path) && labels(items, path, is_set)) return;
    if (holds_text(pickle_, items)) {
      fields_.names_of_parts(items, path);
      return finds_.other_list(path, items.ids.size());
    }
    if (items.kind != PickleItemsKind::set && numbers(id, path)) return;
    if (holds_numbers(pickle_, items) || holds_lists_of_numbers(pickle_, items)) {
      fields_.numbers_of_parts(items, path);
      return finds_.other_list(path, items.ids.size(), ListKind::numbers);
    }
    const std::size_t before = finds_.arrays();
    const bool record = is_record(pickle_, items);
    for (std::size_t i = 0; i < items.ids.size(); ++i) {
      if (record && item_of_record(items.ids[i], child_path(path, std::to_string(i)))) continue;
      child(items.ids[i], path, std::to_string(i), repeats);
    }
    finds_.list_with_none(pickle_, items, path, finds_.arrays() > before);
  }

  /// Whether an item of a record is a text, or a list of texts, which are told of.
  bool item_of_record(PickleId id, const std::string& path) {
    if (const auto text = pickle_.text(id)) {
      finds_.text(path, *text);
      return true;
    }
    const PickleItems* list = pickle_.items(id);
    if (list == nullptr || !holds_text(pickle_, *list)) return false;
    if (++label_lists_ <= most_label_lists &&
        labels(*list, path, list->kind == PickleItemsKind::set))
      return true;
    finds_.other_list(path, list->ids.size());
    return true;
  }

  bool may_be_labels(const std::string& path) {
    return !path.empty() && names_labels(path, options_) && ++label_lists_ <= most_label_lists;
  }

  /// Whether a list is one of strings or token ids, or one of such lists for each item of a batch.
  bool labels(const PickleItems& items, const std::string& path, bool is_set) {
    try {
      auto found = pickled_labels(pickle_, items, place(path), options_);
      if (found && is_set) {
        throw InputError(place(path), "is a set, which has no order, expected a list",
                         "save the tokens in the order of the text");
      }
      if (found && !found->note.empty() && !names_ids(path, options_)) {
        finds_.other_list(path, items.ids.size());
        return false;
      }
      if (found) finds_.labels(path, std::move(*found));
      return found.has_value();
    } catch (const InputError& error) {
      finds_.left_out(path, error);
      return true;
    }
  }

  /// Items first: their keys are the names of the fields, which arguments do not say.
  void opaque(const PickleObject& object, const std::string& path, Repeats repeats) {
    const PandasFrame around = frame_, own = pandas_frame(pickle_, object);
    if (own != PandasFrame::none && around != PandasFrame::numbers) frame_ = own;
    parts(object, path, repeats);
    frame_ = around;
  }

  void parts(const PickleObject& object, const std::string& path, Repeats repeats) {
    if (object.keyed) value(*object.keyed, path, repeats);
    if (object.listed) value(*object.listed, path, repeats);
    const Repeats others = object.keyed || object.listed ? Repeats::dropped : repeats;
    if (object.state) state(*object.state, path, others);
    const PickleItems* arguments = pickle_.items(object.arguments, PickleItemsKind::tuple);
    if (arguments == nullptr) return;
    if (arguments->ids.size() == 1 && !object.keyed && !object.listed && !object.state) {
      is_set_ = makes_set(pickle_.global(object.callable));
      value(arguments->ids[0], path, others);
      is_set_ = false;
      return;
    }
    for (std::size_t i = 0; i < arguments->ids.size(); ++i) {
      child(arguments->ids[i], path, std::to_string(i), others);
    }
  }

  void state(PickleId id, const std::string& path, Repeats repeats) {
    if (!has_slots(pickle_, id)) return value(id, path, repeats);
    for (const PickleId part : pickle_.items(id)->ids) value(part, path, repeats);
  }

  /// What there is of an array that holds no plain numbers is a note.
  template <typename Read>
  void unless_no_numbers(const std::string& path, Read read) {
    try {
      read();
    } catch (const NoNumbers& error) {
      finds_.left_out(path, error);
    }
  }

  /// Whether a list is one of lists of numbers, whole or not.
  bool numbers(PickleId id, const std::string& path) {
    bool found = true;
    unless_no_numbers(path, [&] {
      auto tensor = lists_.at(id, place(path));
      found = tensor.has_value();
      if (tensor) finds_.array(id, path, std::move(*tensor));
    });
    return found;
  }

  void array(PickleId id, const PickleObject& object, const std::string& path, Repeats repeats) {
    const bool met = walked_[id];
    if (repeats == Repeats::dropped && met) return;
    walked_[id] = true;
    unless_no_numbers(path, [&] {
      if (makes_numpy_array(pickle_.global(object.callable))) {
        numpy(id, object, path, repeats, met);
      } else {
        finds_.array(id, path, tensors_.at(object, place(path)));
      }
    });
  }

  void numpy(PickleId id, const PickleObject& object, const std::string& path, Repeats repeats,
             bool met) {
    NumpyArray found = numpy_array(pickle_, object, bytes_, place(path));
    if (auto* tensor = std::get_if<Tensor>(&found)) {
      const bool turned = frame_ == PandasFrame::numbers && tensor->rank() == 2;
      return finds_.array(
          id, path, turned ? tensor->permuted(std::vector<std::size_t>{1, 0}) : std::move(*tensor));
    }
    if (const auto* texts = std::get_if<RawArray>(&found)) {
      if (may_be_labels(path)) {
        finds_.labels(path,
                      {npy_texts(texts->bytes, texts->header, place(path), options_.limits), ""});
      } else if (!texts->header.shape.empty()) {
        finds_.other_list(path, texts->header.shape[0]);
      }
      return;
    }
    walked_[id] = met;
    const auto& objects = std::get<ObjectArray>(found);
    const PandasFrame around =
        std::exchange(frame_, PandasFrame::none);  // what a cell holds is as it was
    const std::size_t before = finds_.arrays();
    inside(id, object.at, path, repeats, [&] { object_array(objects, path, repeats); });
    if (around == PandasFrame::cells && finds_.arrays() > before) finds_.cells();
    frame_ = around;
  }

  void object_array(const ObjectArray& array, const std::string& path, Repeats repeats) {
    const auto& ids = pickle_.items(array.list)->ids;
    if (array.shape.empty()) return value(ids.front(), path, repeats);
    if (array.shape.size() == 1) return value(array.list, path, repeats);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      child(ids[i], path, indices_text(i, array.shape), repeats);
    }
  }
};

}  // namespace

ObjectContents object_contents(const Pickle& pickle, const std::string& name, Storages& storages,
                               const std::string& where, const ReadOptions& options) {
  return ObjectWalk(pickle, storages, where, options).contents(name);
}

}  // namespace attngraph
