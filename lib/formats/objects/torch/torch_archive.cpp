#include "formats/objects/torch/torch_archive.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "core/error.hpp"
#include "core/text/place.hpp"
#include "formats/objects/pickled_object.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::string_view pickle_name = "/data.pkl";
constexpr std::size_t largest_pickle = std::size_t{64} << 20;
constexpr const char* save_hint = "the archive is damaged; save it again with torch.save";

/// Members are checked against their checksum when they are first asked for.
class TorchMembers : public Storages {
 public:
  TorchMembers(const Bytes& archive, const std::vector<ZipMember>& members,
               const std::string& source)
      : archive_(archive), source_(source) {
    for (const auto& member : members) members_.emplace(member.name, &member);
    const auto pickle = std::find_if(members.begin(), members.end(), is_pickle);
    folder_ = pickle->name.substr(0, pickle->name.size() - pickle_name.size() + 1);
    if (std::count_if(members.begin(), members.end(), is_pickle) > 1) {
      throw InputError(source, "holds more than one data.pkl, expected one", save_hint);
    }
    if (find("constants.pkl") != nullptr) {
      throw InputError(source, "is a TorchScript program (constants.pkl), expected tensors",
                       "run it, and save what it attends to with torch.save");
    }
    unchecked_ = std::all_of(members.begin(), members.end(),
                             [](const ZipMember& member) { return member.crc == 0; });
    order_ = stated_order();
  }

  static bool is_pickle(const ZipMember& member) {
    const auto slash = member.name.find('/');
    return slash != 0 && slash != std::string::npos &&
           std::string_view(member.name).substr(slash) == pickle_name;
  }

  ByteOrder order() const override { return order_; }
  /// Whether the archive was written without checksums.
  bool unchecked() const { return unchecked_; }

  Bytes pickle() {
    const ZipMember& member = *find("data.pkl");
    if (member.size > largest_pickle) {
      throw LimitError(place(member),
                       counted(member.size, "byte") + " long, expected at most 64 MiB",
                       "save tensors, not lists of numbers");
    }
    return content(member);
  }

  std::string place(const ZipMember& member) const { return within(source_, member.name); }
  std::string pickle_place() const { return place(*find("data.pkl")); }

  Bytes storage(const StorageName& name, const std::string& where) override {
    const std::string file = "data/" + std::string(name.key);
    const ZipMember* member = find(file);
    if (member == nullptr) {
      throw InputError(where, "its storage " + in_quotes(folder_ + file) + " is missing",
                       "the archive was cut or repacked; save it again with torch.save");
    }
    if (member->size != name.size()) {
      throw InputError(place(*member),
                       counted(member->size, "byte") + ", expected " + std::to_string(name.size()) +
                           " of this storage",
                       save_hint);
    }
    return content(*member);
  }

 private:
  Bytes archive_;
  const std::string& source_;
  std::map<std::string_view, const ZipMember*> members_;
  std::set<const ZipMember*> checked_;
  std::string folder_;
  bool unchecked_ = false;
  ByteOrder order_ = ByteOrder::little;

  const ZipMember* find(const std::string& file) const {
    const auto found = members_.find(folder_ + file);
    return found == members_.end() ? nullptr : found->second;
  }

  Bytes content(const ZipMember& member) {
    if (member.deflated) {
      throw InputError(place(member), "is deflated, expected a stored member",
                       "the archive was repacked; save it again with torch.save");
    }
    if (!unchecked_ && checked_.insert(&member).second) {
      return zip_content(archive_, member, place(member));
    }
    return {archive_.owner, archive_.data.subspan(member.offset, member.size), archive_.mapped};
  }

  ByteOrder stated_order() {
    const ZipMember* member = find("byteorder");
    if (member == nullptr) return ByteOrder::little;
    const Bytes text = content(*member);
    if (text_of(text.data) == "little") return ByteOrder::little;
    if (text_of(text.data) == "big") return ByteOrder::big;
    throw InputError(place(*member),
                     "is " + in_quotes(text_of(text.data)) + ", expected 'little' or 'big'",
                     save_hint);
  }
};

}  // namespace

bool is_torch_archive(const std::vector<ZipMember>& members) {
  return std::any_of(members.begin(), members.end(), TorchMembers::is_pickle);
}

Dump read_torch_archive(const Bytes& bytes, const std::vector<ZipMember>& members,
                        const std::string& source, const ReadOptions& options) {
  TorchMembers files(bytes, members, source);
  const Bytes text = files.pickle();
  const Pickle pickle = pickle_to_end(text, 0, files.pickle_place(), options.limits);
  Dump dump = object_dump(pickle, files, source, "PyTorch", options);
  if (files.unchecked()) dump.notes.push_back("the archive has no checksums: damage is not seen");
  return dump;
}

}  // namespace attngraph
