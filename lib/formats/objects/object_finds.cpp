#include "formats/objects/object_finds.hpp"

#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "formats/objects/object_path.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 20;
constexpr std::size_t most_told = 8;
constexpr std::size_t most_unread = 1000;

}  // namespace

void ObjectFinds::count(std::size_t bytes) {
  bytes_ += bytes;
  if (bytes_ <= most_bytes) return;
  throw LimitError(where_, "its arrays, names and labels take more than 64 MiB",
                   "save fewer and larger arrays");
}

void ObjectFinds::array(PickleId id, const std::string& path, Tensor tensor) {
  const auto [named, is_new] = names_.emplace(path, id);
  if (!is_new && named->second == id) return;
  if (!is_new) {
    throw InputError(place(path), "two arrays have this name, expected one",
                     "save a dict whose keys differ");
  }
  count(path.size() + sizeof(NamedTensor));
  contents_.tensors.push_back({path, std::move(tensor)});
}

void ObjectFinds::labels(const std::string& path, Labels labels) {
  std::size_t bytes = path.size() + sizeof(NamedLabels);
  for (const auto& text : labels.texts) bytes += text.size() + sizeof(std::string);
  count(bytes);
  contents_.labels.push_back({path, std::move(labels)});
}

void ObjectFinds::other_list(const std::string& path, std::size_t length, ListKind kind) {
  if (contents_.other_lists.size() == most_unread) return;
  count(path.size() + sizeof(OtherList));
  contents_.other_lists.push_back({path, length, kind});
}

void ObjectFinds::left_out(const std::string& path, InputError reason) {
  if (contents_.unread.size() == most_unread) {
    ++unread_beyond_;
    return;
  }
  count(path.size() + sizeof(Unread));
  contents_.unread.push_back({path, std::move(reason)});
}

void ObjectFinds::none_for_arrays(const std::string& path, const char* problem) {
  left_out(path, InputError(place(path), problem, fused_hint));
}

void ObjectFinds::none(const std::string& path) {
  if (names_attention(path) && fields_of_none_.size() < most_told) fields_of_none_.push_back(path);
}

void ObjectFinds::list_with_none(const Pickle& pickle, const PickleItems& items,
                                 const std::string& path, bool has_arrays) {
  const auto is_none = [&](PickleId id) { return pickle.is_none(id); };
  if (!items.ids.empty() && std::all_of(items.ids.begin(), items.ids.end(), is_none)) {
    if (lists_of_none_.size() < most_told) lists_of_none_.push_back(path);
  }
  for (std::size_t i = 0; has_arrays && i < items.ids.size(); ++i) {
    if (!is_none(items.ids[i])) continue;
    none_for_arrays(child_path(path, std::to_string(i)), "is None in place of an array");
  }
}

void ObjectFinds::dict_of_none(const Pickle& pickle, const PickleItems& items,
                               const std::string& path) {
  if (items.ids.size() < 4 || lists_of_none_.size() == most_told) return;
  for (std::size_t i = 1; i < items.ids.size(); i += 2) {
    if (!pickle.is_none(items.ids[i])) return;
  }
  lists_of_none_.push_back(path);
}

void ObjectFinds::container(PickleId id, const std::string& path) {
  count(path.size() + sizeof(NamedTensor));
  containers_.emplace(id, path);
}

void ObjectFinds::met_again(PickleId id, const std::string& path) {
  const auto before = containers_.find(id);
  if (before == containers_.end() || before->second == path) return;
  if (++repeated_ > 1) return;
  first_repeated_ = in_quotes(path) + " is the same as " + in_quotes(before->second);
}

void ObjectFinds::nameless(const std::string& path) {
  if (!nameless_) nameless_ = path;
}

/// Ids, masks and counters beside attention are no news.
void ObjectFinds::note_integers() {
  for (const auto& named : contents_.tensors) {
    const std::string text = integer_note(named.tensor.dtype(), options_);
    if (text.empty() || contents_.notes.size() == most_told) continue;
    if (contents_.tensors.size() > 1 && !names_attention(named.name)) continue;
    contents_.notes.push_back(named.name.empty() ? text : named.name + ": " + text);
  }
}

ObjectContents ObjectFinds::finished() {
  const bool has_attention =
      std::any_of(contents_.tensors.begin(), contents_.tensors.end(),
                  [](const NamedTensor& named) { return names_attention(named.name); });
  for (const auto& path : fields_of_none_) {
    if (!has_attention) none_for_arrays(path, "is None in place of layers");
  }
  for (const auto& path : lists_of_none_) {
    if (!contents_.tensors.empty() && !names_attention(path)) continue;
    none_for_arrays(path, "holds None in place of arrays");
  }
  note_integers();
  if (nameless_) {
    contents_.notes.push_back("keys of " + (nameless_->empty() ? "a dict" : in_quotes(*nameless_)) +
                              " are no names or numbers: arrays are called by their place in it");
  }
  if (has_cells_ && contents_.tensors.size() > 1) {
    contents_.notes.push_back(
        "arrays in the cells of a pandas frame are numbered by their rows, not by its index or "
        "other columns");
  }
  if (repeated_ > 0) {
    contents_.notes.push_back(counted(repeated_, "object") +
                              " met again and left out: " + first_repeated_);
  }
  if (unread_beyond_ > 0) {
    contents_.notes.push_back(counted(unread_beyond_, "member") + " beyond the first " +
                              std::to_string(most_unread) + " left out");
  }
  contents_.fields = fields_.taken();
  return std::move(contents_);
}

}  // namespace attngraph
