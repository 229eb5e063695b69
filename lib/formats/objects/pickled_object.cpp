#include "formats/objects/pickled_object.hpp"

#include <algorithm>
#include <utility>

#include "core/text/natural_order.hpp"
#include "core/text/text.hpp"
#include "formats/objects/pickled_lists.hpp"
#include "formats/rules.hpp"
#include "tensor/token_side.hpp"

namespace attngraph {
namespace {

/// The last token of generate() is none of attention.
std::string shorter_by_one(Labels labels, const Dump& dump) {
  if (labels.texts.empty()) return "";
  labels.texts.pop_back();
  return labels_fit(labels, dump) ? ": without the last they fit, tokens[:-1]" : "";
}

/// Those lists that are as long as a tensor has tokens; of the others a note.
std::vector<NamedLabels> fitting(std::vector<NamedLabels> found, const ReadOptions& options,
                                 Dump& dump) {
  std::vector<NamedLabels> fit;
  for (auto& list : found) {
    if (token_side(list.name) == TokenSide::queries || labels_fit(list.labels, dump)) {
      fit.push_back(std::move(list));
      continue;
    }
    dump.other_lists.push_back({list.name, list.labels.texts.size()});
    if (!is_called_labels(list.name, options)) continue;
    dump.notes.push_back(in_quotes(list.name) +
                         " left out: " + counted(list.labels.texts.size(), "label") +
                         ", and no array has as many tokens" + shorter_by_one(list.labels, dump));
  }
  return fit;
}

/// The first names, as a person can read them.
std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t most_names = 4;
  constexpr std::size_t columns = 60;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), most_names); ++i) {
    text += (i == 0 ? "" : ", ") + shown_label(names[i], columns);
  }
  return names.size() > most_names ? text + ", …" : text;
}

}  // namespace

Bytes NoStorages::storage(const StorageName& name, const std::string& where) {
  throw InputError(where, "its storage " + in_quotes(name.key) + " lies outside the pickle",
                   "give the whole file of torch.save, not the data.pkl inside it");
}

InputError nothing_to_read(const Pickle& pickle, const std::string& where) {
  std::string problem = "the pickle holds no tensor and no array of numbers";
  if (!pickle.globals().empty()) {
    const char* were = pickle.globals().size() == 1 ? "was" : "were";
    problem += "; it names " + listed(pickle.globals()) + ", which " + were + " not run";
  }
  return {
      where, std::move(problem),
      "save what holds the attention: torch.save(outputs.attentions, file), or a plain array of "
      "numbers, numpy.stack makes one of a list"};
}

Dump object_dump(const Pickle& pickle, Storages& storages, const std::string& source,
                 std::string format, const ReadOptions& options) {
  // A list of texts and nothing else is one of labels.
  const PickleItems* root = pickle.items(pickle.root());
  const std::string name = root && holds_text(pickle, *root) ? labels_name(options) : "";
  ObjectContents contents = object_contents(pickle, name, storages, source, options);
  Dump dump;
  dump.source = source;
  dump.format = std::move(format);
  dump.classes = pickle.globals();
  dump.notes = std::move(contents.notes);
  dump.tensors = std::move(contents.tensors);
  dump.unread = std::move(contents.unread);
  dump.other_lists = std::move(contents.other_lists);
  dump.fields = std::move(contents.fields);
  if (dump.tensors.empty() && dump.unread.empty()) {
    dump.unread.push_back({"", nothing_to_read(pickle, source)});
  }
  take_labels(fitting(std::move(contents.labels), options, dump), options, dump);
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

Dump read_pickle_file(const Bytes& bytes, const std::string& source, const ReadOptions& options) {
  const Pickle pickle = pickle_to_end(bytes, 0, source, options.limits);
  NoStorages storages;
  const auto protocol = std::to_integer<int>(bytes.data[1]);
  return object_dump(pickle, storages, source, "pickle " + std::to_string(protocol), options);
}

Dump read_npy_objects(const Bytes& bytes, std::size_t begin, const std::string& source,
                      std::string format, const ReadOptions& options) {
  const Pickle pickle = pickle_to_end(bytes, begin, source, options.limits);
  NoStorages storages;
  return object_dump(pickle, storages, source, std::move(format) + ", objects", options);
}

}  // namespace attngraph
