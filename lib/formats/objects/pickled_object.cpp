#include "formats/objects/pickled_object.hpp"

#include <algorithm>
#include <utility>

#include "core/natural_order.hpp"
#include "formats/objects/object_path.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

/// Whether there are as many labels as queries, keys or tokens: the last axes but a width.
bool fits(const std::vector<std::string>& labels, const std::vector<NamedTensor>& tensors) {
  return std::any_of(tensors.begin(), tensors.end(), [&](const NamedTensor& named) {
    const Shape& shape = named.tensor.shape();
    return shape.size() >= 2 &&
           (shape.back() == labels.size() || shape[shape.size() - 2] == labels.size());
  });
}

/// The first list that fits, unless another one that fits says otherwise.
void take_labels(const ObjectContents& contents, Dump& dump) {
  const NamedTexts* taken = nullptr;
  for (const auto& list : contents.labels) {
    if (!fits(list.texts, contents.tensors)) {
      dump.notes.push_back(list.name + ": left out: " + counted(list.texts.size(), "label") +
                           ", and no array has as many tokens");
    } else if (taken == nullptr) {
      taken = &list;
    } else if (taken->texts != list.texts) {
      dump.notes.push_back("labels taken from " + in_quotes(taken->name) + ", not from " +
                           in_quotes(list.name));
    }
  }
  if (taken != nullptr) dump.tokens = taken->texts;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

Bytes NoStorages::storage(const StorageName& name, const std::string& where) {
  throw InputError(where, "its storage " + in_quotes(name.key) + " lies outside the pickle",
                   "give the whole file of torch.save, not the data.pkl inside it");
}

InputError nothing_to_read(const ObjectContents& contents, const Pickle& pickle,
                           const std::string& where) {
  if (contents.left_out) return *contents.left_out;
  if (!contents.of_none.empty()) {
    const std::string& name = contents.of_none.front();
    return {name.empty() ? where : where + ": " + name, "holds None in place of arrays",
            fused_hint};
  }
  std::string problem = "the pickle holds no tensor and no array of numbers";
  if (!pickle.globals().empty()) {
    std::vector<std::string> names = pickle.globals();
    if (names.size() > 4) names.resize(4);
    problem += "; it names " + listed(names) + ", which " + (names.size() == 1 ? "was" : "were") +
               " not run";
  }
  return {
      where, std::move(problem),
      "save what holds the attention: torch.save(outputs.attentions, file), or a plain array of "
      "numbers, numpy.stack makes one of a list"};
}

Dump object_dump(const Pickle& pickle, Storages& storages, const std::string& source,
                 std::string format, const Limits& limits) {
  ObjectContents contents = object_contents(pickle, "", storages, source, limits);
  if (contents.tensors.empty()) throw nothing_to_read(contents, pickle, source);
  Dump dump;
  dump.source = source;
  dump.format = std::move(format);
  dump.classes = pickle.globals();
  dump.notes = contents.notes;
  take_labels(contents, dump);
  for (const auto& name : contents.of_none) {
    if (!names_attention(name)) continue;
    dump.notes.push_back((name.empty() ? "the list" : name) +
                         " holds None in place of arrays: " + fused_hint);
  }
  dump.tensors = std::move(contents.tensors);
  std::stable_sort(dump.tensors.begin(), dump.tensors.end(),
                   [](const auto& a, const auto& b) { return natural_less(a.name, b.name); });
  return dump;
}

Pickle pickle_to_end(const Bytes& bytes, std::size_t begin, const std::string& where,
                     const Limits& limits) {
  Pickle pickle = read_pickle(bytes, begin, where, limits);
  if (pickle.end() == bytes.data.size()) return pickle;
  throw InputError(where + ": byte " + std::to_string(pickle.end()),
                   counted(bytes.data.size() - pickle.end(), "byte") +
                       " behind the end of the pickle, expected none",
                   "one file holds one object: save all in one list or dict");
}

Dump read_pickle_file(const Bytes& bytes, const std::string& source, const Limits& limits) {
  const Pickle pickle = pickle_to_end(bytes, 0, source, limits);
  NoStorages storages;
  const auto protocol = std::to_integer<int>(bytes.data[1]);
  return object_dump(pickle, storages, source, "pickle " + std::to_string(protocol), limits);
}

Dump read_npy_objects(const Bytes& bytes, std::size_t begin, const std::string& source,
                      std::string format, const Limits& limits) {
  const Pickle pickle = pickle_to_end(bytes, begin, source, limits);
  NoStorages storages;
  return object_dump(pickle, storages, source, std::move(format) + ", objects", limits);
}

}  // namespace attngraph
