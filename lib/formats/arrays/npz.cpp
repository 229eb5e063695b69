#include "formats/arrays/npz.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <string_view>

#include "core/checked.hpp"
#include "core/error.hpp"
#include "core/natural_order.hpp"
#include "core/parallel.hpp"
#include "core/stop.hpp"
#include "formats/arrays/npy.hpp"
#include "formats/arrays/zip_archive.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

std::string array_name(const ZipMember& member) {
  constexpr std::string_view ending = ".npy";
  const std::string_view name = member.name;
  return std::string(name.ends_with(ending) ? name.substr(0, name.size() - ending.size()) : name);
}

/// Refuses archives that are something else, by what their members are called.
void require_arrays(const std::vector<ZipMember>& members, const std::string& source) {
  if (members.empty()) throw InputError(source, "the archive is empty, expected arrays");
  std::set<std::string> names;
  for (const auto& member : members) {
    if (member.name == "data.pkl" || member.name.ends_with("/data.pkl")) {
      throw InputError(source, "is a PyTorch file (pickle), which can run code when it is read",
                       "save the tensors with safetensors.torch.save_file or numpy.savez");
    }
    if (!names.insert(array_name(member)).second) {
      throw InputError(source, "the array " + in_quotes(array_name(member)) + " occurs twice");
    }
  }
  if (names.count("indptr") != 0 && names.count("indices") != 0 && names.count("format") != 0) {
    throw InputError(source, "is a sparse matrix of SciPy, expected arrays of numbers",
                     "save it dense: numpy.save(file, matrix.toarray())");
  }
}

void require_inflated_memory(const std::vector<ZipMember>& members, const std::string& source,
                             const Limits& limits) {
  std::size_t total = 0;
  for (const auto& member : members) {
    if (!member.deflated) continue;
    total = checked_add(total, member.size).value_or(std::numeric_limits<std::size_t>::max());
  }
  require_memory(total, limits, source);
}

/// What one member gives: an array, perhaps with a note, or the tokens.
struct MemberContent {
  std::optional<NamedTensor> array;
  std::string note;
  std::vector<std::string> tokens;
};

MemberContent member_content(const Bytes& archive, const ZipMember& member,
                             const std::string& source, const Limits& limits) {
  check_stop();
  const std::string where = source + ": " + member.name;
  Bytes content = zip_content(archive, member, where);
  const NpyHeader header = npy_header(content.data, where);
  std::string name = array_name(member);
  if (name == "tokens" && holds_text(header)) {
    return {{}, {}, npy_texts(content, header, where, limits)};
  }
  Tensor tensor = npy_tensor(std::move(content), header, where);
  std::string note = npy_note(header, tensor);
  return {NamedTensor{std::move(name), std::move(tensor)}, std::move(note), {}};
}

/// Members are inflated on all threads; the first that breaks a rule is the one that is named.
std::vector<MemberContent> contents(const Bytes& archive, const std::vector<ZipMember>& members,
                                    const std::string& source, const Limits& limits) {
  std::vector<MemberContent> all(members.size());
  parallel_for(members.size(), [&](std::size_t i) {
    all[i] = member_content(archive, members[i], source, limits);
  });
  return all;
}

void add(MemberContent content, Dump& dump) {
  if (!content.array) {
    dump.tokens = std::move(content.tokens);
    return;
  }
  if (!content.note.empty()) dump.notes.push_back(content.array->name + ": " + content.note);
  dump.tensors.push_back(std::move(*content.array));
}

}  // namespace

Dump read_npz(const Bytes& bytes, const std::string& source, const Limits& limits) {
  std::vector<ZipMember> members = zip_members(bytes.data, source);
  require_arrays(members, source);
  require_inflated_memory(members, source, limits);
  std::sort(members.begin(), members.end(), [](const ZipMember& a, const ZipMember& b) {
    return natural_less(array_name(a), array_name(b));
  });
  Dump dump;
  dump.source = source;
  dump.format = "NPZ";
  for (auto& content : contents(bytes, members, source, limits)) add(std::move(content), dump);
  if (dump.tensors.empty()) throw InputError(source, "holds no array of numbers");
  return dump;
}

}  // namespace attngraph
