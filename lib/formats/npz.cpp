#include "formats/npz.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <string_view>

#include "core/checked.hpp"
#include "core/error.hpp"
#include "core/natural_order.hpp"
#include "core/stop.hpp"
#include "formats/npy.hpp"
#include "formats/rules.hpp"
#include "formats/zip_archive.hpp"

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

void add_member(Dump& dump, const Bytes& archive, const ZipMember& member, const Limits& limits) {
  check_stop();
  const std::string where = dump.source + ": " + member.name;
  Bytes content = zip_content(archive, member, where);
  const NpyHeader header = npy_header(content.data, where);
  std::string name = array_name(member);
  if (name == "tokens" && holds_text(header)) {
    dump.tokens = npy_texts(content, header, where, limits);
    return;
  }
  Tensor tensor = npy_tensor(std::move(content), header, where);
  const std::string note = npy_note(header, tensor);
  if (!note.empty()) dump.notes.push_back(name + ": " + note);
  dump.tensors.push_back({std::move(name), std::move(tensor)});
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
  for (const auto& member : members) add_member(dump, bytes, member, limits);
  if (dump.tensors.empty()) throw InputError(source, "holds no array of numbers");
  return dump;
}

}  // namespace attngraph
