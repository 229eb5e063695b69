// Every container and object is walked once, so an object that holds itself, or holds another a
// million times, costs no more than its bytes. Paths cost memory of their own and are counted.
#include <algorithm>
#include <utility>

#include "formats/objects/number_lists.hpp"
#include "formats/objects/object_path.hpp"
#include "formats/objects/pickled_labels.hpp"
#include "formats/objects/pickled_object.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_name_bytes = std::size_t{64} << 20;
constexpr std::size_t most_notes = 8;
constexpr std::size_t most_unread = 1000;
constexpr std::size_t longest_path = 1024;

/// What to do with an array that was met before: two keys of a dict may hold one tensor, but the
/// state and the arguments of an object repeat its items.
enum class Repeats { named, dropped };

class ObjectWalk {
 public:
  ObjectWalk(const Pickle& pickle, Storages& storages, const std::string& where,
             const ReadOptions& options)
      : pickle_(pickle),
        storages_(storages),
        bytes_(pickle, options.limits),
        lists_(pickle, options.limits),
        where_(where),
        options_(options),
        walked_(pickle.values()) {}

  ObjectContents contents(const std::string& name) {
    if (pickle_.is_none(pickle_.root()))
      left_out(name, none_at(name, "holds None in place of arrays"));
    value(pickle_.root(), name, Repeats::named);
    if (!has_attention()) {
      for (const auto& path : no_attention_) {
        left_out(path, none_at(path, "is None in place of layers"));
      }
    }
    note_integers();
    for (const auto& path : all_none_) {
      if (!contents_.tensors.empty() && !names_attention(path)) continue;
      left_out(path, none_at(path, "holds None in place of arrays"));
    }
    if (repeated_ > 0) {
      contents_.notes.push_back(counted(repeated_, "object") +
                                " met again and left out: " + first_repeated_);
    }
    return std::move(contents_);
  }

 private:
  const Pickle& pickle_;
  Storages& storages_;
  PickledBytes bytes_;
  NumberLists lists_;
  const std::string& where_;
  const ReadOptions& options_;
  std::vector<bool> walked_;
  /// Where the containers lie that gave arrays.
  std::unordered_map<PickleId, std::string> paths_;
  std::unordered_map<std::string, PickleId> names_;
  std::size_t name_bytes_ = 0;
  std::size_t depth_ = 0;
  /// Fields called as attention is, that hold None.
  std::vector<std::string> no_attention_;
  /// Lists of nothing but None.
  std::vector<std::string> all_none_;
  std::size_t repeated_ = 0;
  std::string first_repeated_;
  ObjectContents contents_;

  // --- names ---

  std::string place(const std::string& path) const {
    return path.empty() ? where_ : where_ + ": " + path;
  }

  void count_name(const std::string& path) {
    name_bytes_ += path.size() + sizeof(NamedTensor);
    if (name_bytes_ > most_name_bytes) {
      throw LimitError(where_, "its arrays and their names take more than 64 MiB",
                       "save fewer and larger arrays");
    }
  }

  void note(std::string text) {
    if (contents_.notes.size() < most_notes) contents_.notes.push_back(std::move(text));
  }

  /// Ids, masks and counters beside attention are no news.
  void note_integers() {
    for (const auto& named : contents_.tensors) {
      const std::string text = integer_note(named.tensor.dtype());
      if (text.empty()) continue;
      if (contents_.tensors.size() > 1 && !names_attention(named.name)) continue;
      note(named.name.empty() ? text : named.name + ": " + text);
    }
  }

  // --- values ---

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
      const auto before = paths_.find(id);
      if (repeats == Repeats::dropped || before == paths_.end() || before->second == path) return;
      if (++repeated_ == 1) {
        first_repeated_ = in_quotes(path) + " is the same as " + in_quotes(before->second);
      }
      return;
    }
    if (depth_ == deepest_pickle) {
      throw InputError(where_ + ": byte " + std::to_string(at),
                       "containers are nested deeper than 64",
                       "save the arrays in one list or dict");
    }
    walked_[id] = true;
    ++depth_;
    const std::size_t before = contents_.tensors.size();
    walk();
    --depth_;
    if (contents_.tensors.size() == before) return;
    count_name(path);
    paths_.emplace(id, path);
  }

  void container(PickleId id, const PickleItems& items, const std::string& path, Repeats repeats) {
    if (items.kind == PickleItemsKind::dict) {
      for (std::size_t i = 0; i + 1 < items.ids.size(); i += 2) {
        const std::string key = key_text(pickle_, items.ids[i], i / 2);
        if (pickle_.is_none(items.ids[i + 1]) && names_attention(key)) {
          if (no_attention_.size() < most_notes) no_attention_.push_back(child_path(path, key));
        }
        child(items.ids[i + 1], path, key, repeats);
      }
      return;
    }
    if (names_labels(path, options_) && labels(items, path)) return;
    if (items.kind != PickleItemsKind::set && numbers(id, path)) return;
    const std::size_t before = contents_.tensors.size();
    for (std::size_t i = 0; i < items.ids.size(); ++i) {
      child(items.ids[i], path, std::to_string(i), repeats);
    }
    look_for_none(items, path, contents_.tensors.size() > before);
  }

  /// Layers that a fused kernel gave no weights for.
  void look_for_none(const PickleItems& items, const std::string& path, bool has_arrays) {
    const auto is_none = [&](PickleId id) { return pickle_.is_none(id); };
    if (!items.ids.empty() && std::all_of(items.ids.begin(), items.ids.end(), is_none)) {
      if (all_none_.size() < most_notes) all_none_.push_back(path);
    }
    for (std::size_t i = 0; has_arrays && i < items.ids.size(); ++i) {
      const std::string item = child_path(path, std::to_string(i));
      if (is_none(items.ids[i])) left_out(item, none_at(item, "is None in place of an array"));
    }
  }

  InputError none_at(const std::string& path, const char* problem) const {
    return {place(path), problem, fused_hint};
  }

  void left_out(const std::string& path, InputError reason) {
    if (contents_.unread.size() == most_unread) return;
    count_name(path);
    contents_.unread.push_back({path, std::move(reason)});
  }

  bool has_attention() const {
    return std::any_of(contents_.tensors.begin(), contents_.tensors.end(),
                       [](const NamedTensor& named) { return names_attention(named.name); });
  }

  /// Whether a list is one of strings or token ids, or one of such lists for each item of a batch.
  bool labels(const PickleItems& items, const std::string& path) {
    try {
      auto found = pickled_labels(pickle_, items, place(path), options_);
      if (found) add_labels(path, std::move(*found));
      return found.has_value();
    } catch (const InputError& error) {
      left_out(path, error);
      return true;
    }
  }

  void add_labels(const std::string& path, Labels labels) {
    count_name(path);
    contents_.labels.push_back({path, std::move(labels)});
  }

  /// Items first: their keys are the names of the fields, which arguments do not say.
  void opaque(const PickleObject& object, const std::string& path, Repeats repeats) {
    if (object.keyed) value(*object.keyed, path, repeats);
    if (object.listed) value(*object.listed, path, repeats);
    const Repeats others = object.keyed || object.listed ? Repeats::dropped : repeats;
    if (object.state) state(*object.state, path, others);
    const PickleItems* arguments = pickle_.items(object.arguments, PickleItemsKind::tuple);
    if (arguments == nullptr) return;
    if (arguments->ids.size() == 1 && !object.keyed && !object.listed && !object.state) {
      value(arguments->ids[0], path, others);
      return;
    }
    for (std::size_t i = 0; i < arguments->ids.size(); ++i) {
      child(arguments->ids[i], path, std::to_string(i), others);
    }
  }

  /// A dict, or (dict or None, dict of slots).
  void state(PickleId id, const std::string& path, Repeats repeats) {
    const PickleItems* pair = pickle_.items(id, PickleItemsKind::tuple);
    const bool slots = pair != nullptr && pair->ids.size() == 2 &&
                       pickle_.items(pair->ids[1], PickleItemsKind::dict) != nullptr;
    if (!slots) return value(id, path, repeats);
    for (const PickleId part : pair->ids) value(part, path, repeats);
  }

  // --- arrays ---

  /// What there is of an array that holds no plain numbers is a note.
  template <typename Read>
  void unless_no_numbers(const std::string& path, Read read) {
    try {
      read();
    } catch (const NoNumbers& error) {
      left_out(path, error);
    }
  }

  /// Whether a list is one of lists of numbers, whole or not.
  bool numbers(PickleId id, const std::string& path) {
    bool found = true;
    unless_no_numbers(path, [&] {
      auto tensor = lists_.at(id, place(path));
      found = tensor.has_value();
      if (tensor) add(id, path, std::move(*tensor));
    });
    return found;
  }

  void array(PickleId id, const PickleObject& object, const std::string& path, Repeats repeats) {
    if (repeats == Repeats::dropped && walked_[id]) return;
    walked_[id] = true;
    unless_no_numbers(path, [&] {
      if (makes_numpy_array(pickle_.global(object.callable))) {
        numpy(id, object, path, repeats);
      } else {
        add(id, path,
            torch_tensor(pickle_, object, storages_, bytes_, place(path), options_.limits));
      }
    });
  }

  void numpy(PickleId id, const PickleObject& object, const std::string& path, Repeats repeats) {
    NumpyArray found = numpy_array(pickle_, object, bytes_, place(path), options_.limits);
    if (auto* tensor = std::get_if<Tensor>(&found)) return add(id, path, std::move(*tensor));
    if (auto* texts = std::get_if<std::vector<std::string>>(&found)) {
      if (names_labels(path, options_)) add_labels(path, {std::move(*texts), ""});
      return;
    }
    walked_[id] = false;
    const auto& objects = std::get<ObjectArray>(found);
    inside(id, object.at, path, repeats, [&] { object_array(objects, path, repeats); });
  }

  void object_array(const ObjectArray& array, const std::string& path, Repeats repeats) {
    const auto& ids = pickle_.items(array.list)->ids;
    if (array.shape.empty()) return value(ids.front(), path, repeats);
    if (array.shape.size() == 1) return value(array.list, path, repeats);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      std::string indices;
      std::size_t rest = i;
      for (std::size_t axis = array.shape.size(); axis-- > 0; rest /= array.shape[axis]) {
        const std::string index = std::to_string(rest % array.shape[axis]);
        indices = indices.empty() ? index : index + "." + indices;
      }
      child(ids[i], path, indices, repeats);
    }
  }

  void add(PickleId id, const std::string& path, Tensor tensor) {
    const auto [named, is_new] = names_.emplace(path, id);
    if (!is_new && named->second == id) return;
    if (!is_new) {
      throw InputError(place(path), "two arrays have this name, expected one",
                       "save a dict whose keys differ");
    }
    count_name(path);
    contents_.tensors.push_back({path, std::move(tensor)});
  }
};

}  // namespace

ObjectContents object_contents(const Pickle& pickle, const std::string& name, Storages& storages,
                               const std::string& where, const ReadOptions& options) {
  return ObjectWalk(pickle, storages, where, options).contents(name);
}

}  // namespace attngraph
