#include "formats/objects/torch/torch_legacy.hpp"

#include <map>
#include <optional>
#include <string_view>

#include "core/checked.hpp"
#include "core/error.hpp"
#include "formats/objects/pickled_object.hpp"
#include "formats/objects/torch/torch_tensor.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

using std::string_view_literals::operator""sv;

/// LONG1 of ten bytes 0x1950a86a20f9469cfc6c, STOP.
constexpr std::string_view magic = "\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19."sv;
/// FRAME of these bytes, which protocols 4 and 5 put in front.
constexpr std::string_view frame = "\x95\x0d\0\0\0\0\0\0\0"sv;
constexpr std::int64_t protocol_version = 1001;

[[noreturn]] void refuse(const std::string& where, const std::string& problem) {
  throw InputError(where, problem, cut_off_hint);
}

/// Where the first pickle ends if it is the magic number, of any protocol that marks itself.
std::optional<std::size_t> behind_magic(std::string_view text) {
  if (text.size() < 2 || text[0] != '\x80' || text[1] < 2 || text[1] > 5) return std::nullopt;
  std::size_t begin = 2;
  if (text.substr(begin).starts_with(frame)) begin += frame.size();
  if (!text.substr(begin).starts_with(magic)) return std::nullopt;
  return begin + magic.size();
}

using StorageNames = std::map<std::string_view, StorageName>;

/// Every storage that the object names.
StorageNames storage_names(const Pickle& object, const std::string& where) {
  StorageNames names;
  for (PickleId id = 0; id < object.values(); ++id) {
    const auto persistent = object.persistent(id);
    if (!persistent || names_module(object, *persistent)) continue;
    const StorageName name = storage_name(object, *persistent, where);
    const auto [known, is_new] = names.emplace(name.key, name);
    if (name.item_size == 0) require_numbers(name, where);
    if (!is_new && known->second != name) {
      refuse(where, "the storage " + in_quotes(name.key) + " has two sizes or types");
    }
  }
  return names;
}

/// The storages behind the pickles, one after the other in the order of their keys.
class LegacyStorages : public Storages {
 public:
  /// @param begin where the first one begins
  LegacyStorages(const Bytes& file, std::size_t begin, const Pickle& object, const Pickle& keys,
                 const std::string& where)
      : file_(file), next_(begin) {
    const StorageNames names = storage_names(object, where);
    const PickleItems* list = keys.items(keys.root(), PickleItemsKind::list);
    if (list == nullptr) refuse(where, "the keys of the storages are no list");
    for (const PickleId id : list->ids) {
      const auto key = keys.text(id);
      const auto name = key ? names.find(*key) : names.end();
      if (name == names.end() || places_.count(*key) != 0) {
        refuse(where, "the list of keys names a storage that no tensor has, or one twice");
      }
      add(name->second, where + ": storage " + std::string(*key));
    }
    if (next_ != file_.data.size()) {
      throw InputError(
          where + ": byte " + std::to_string(next_),
          counted(file_.data.size() - next_, "byte") + " behind the last storage, expected none",
          "one file holds one object: save all in one list or dict");
    }
  }

  ByteOrder order() const override { return ByteOrder::little; }

  Bytes storage(const StorageName& name, const std::string& where) override {
    const auto place = places_.find(name.key);
    if (place != places_.end()) {
      return {file_.owner, file_.data.subspan(place->second, name.size()), file_.mapped};
    }
    refuse(where, "its storage " + in_quotes(name.key) + " is missing");
  }

 private:
  Bytes file_;
  std::size_t next_;
  std::map<std::string_view, std::size_t> places_;

  std::size_t take(std::size_t size, const std::string& where) {
    const std::size_t left = file_.data.size() - next_;
    if (size > left) {
      refuse(where, counted(size, "byte") + " expected, " + counted(left, "byte") + " left");
    }
    const std::size_t begin = next_;
    next_ += size;
    return begin;
  }

  /// The count of numbers, then the numbers.
  void add(const StorageName& name, const std::string& where) {
    const auto count = little_endian<std::uint64_t>(file_.data, take(sizeof(std::uint64_t), where));
    if (count != name.count) {
      refuse(where,
             "holds " + counted(count, "number") + ", expected " + std::to_string(name.count));
    }
    places_[name.key] = take(name.size(), where);
  }
};

/// The two pickles that matter, and the storages.
struct LegacyFile {
  Pickle object;
  Pickle keys;
  std::size_t storages;
};

/// @param begin where the first pickle ends
LegacyFile legacy_file(const Bytes& bytes, std::size_t begin, const std::string& where,
                       const Limits& limits) {
  const Pickle version = read_pickle(bytes, begin, where, limits);
  if (version.integer(version.root()) != protocol_version) {
    throw InputError(where, "is a PyTorch file of another protocol than 1001",
                     "load it with torch.load and save it again");
  }
  const Pickle machine = read_pickle(bytes, version.end(), where, limits);
  Pickle object = read_pickle(bytes, machine.end(), where, limits);
  Pickle keys = read_pickle(bytes, object.end(), where, limits);
  const std::size_t storages = keys.end();
  return {std::move(object), std::move(keys), storages};
}

}  // namespace

bool is_torch_legacy(std::span<const std::byte> bytes) {
  return behind_magic(text_of(bytes)).has_value();
}

Dump read_torch_legacy(const Bytes& bytes, const std::string& source, const ReadOptions& options) {
  const std::size_t begin = behind_magic(text_of(bytes.data)).value_or(0);
  const LegacyFile file = legacy_file(bytes, begin, source, options.limits);
  LegacyStorages storages(bytes, file.storages, file.object, file.keys, source);
  return object_dump(file.object, storages, source, "PyTorch, legacy", options);
}

std::pair<Bytes, StorageName> legacy_storage(const Bytes& bytes, const std::string& where,
                                             const Limits& limits) {
  const auto begin = behind_magic(text_of(bytes.data));
  if (!begin) refuse(where, "its storage is no PyTorch file");
  const LegacyFile file = legacy_file(bytes, *begin, where, limits);
  const auto persistent = file.object.persistent(file.object.root());
  if (!persistent) refuse(where, "its storage is a file that holds something else");
  LegacyStorages storages(bytes, file.storages, file.object, file.keys, where);
  const StorageName name = storage_name(file.object, *persistent, where);
  return {storages.storage(name, where), name};
}

}  // namespace attngraph
