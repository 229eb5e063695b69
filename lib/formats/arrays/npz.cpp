#include "formats/arrays/npz.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "core/checked.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/stop.hpp"
#include "core/text/natural_order.hpp"
#include "core/text/place.hpp"
#include "formats/arrays/npy.hpp"
#include "formats/arrays/other_archive.hpp"
#include "formats/fields.hpp"
#include "formats/labels/npy_labels.hpp"
#include "formats/objects/pickled_object.hpp"
#include "formats/rules.hpp"
#include "tensor/part_lists.hpp"

namespace attngraph {
namespace {

std::string array_name(const ZipMember& member) {
  constexpr std::string_view ending = ".npy";
  const std::string_view name = member.name;
  return std::string(name.ends_with(ending) ? name.substr(0, name.size() - ending.size()) : name);
}

/// Refuses what scipy.sparse.save_npz writes of matrices of any kind.
void refuse_sparse(const std::set<std::string>& names, const std::string& source) {
  const auto holds = [&](const char* name) { return names.count(name) != 0; };
  const bool matrix = holds("format") && holds("shape") && holds("data");
  if (!matrix || !(holds("indptr") || holds("row") || holds("coords") || holds("offsets"))) return;
  throw InputError(source, "is a sparse matrix of SciPy, expected arrays of numbers",
                   "save it dense: numpy.save('dense.npy', scipy.sparse.load_npz(file).toarray())");
}

/// Refuses archives that are something else, by what their members are called.
void require_arrays(const std::vector<ZipMember>& members, const std::string& source) {
  if (members.empty()) throw InputError(source, "the archive is empty, expected arrays");
  std::set<std::string> names;
  for (const auto& member : members) {
    if (!names.insert(array_name(member)).second) {
      throw InputError(source, "the array " + in_quotes(array_name(member)) + " occurs twice");
    }
  }
  refuse_sparse(names, source);
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

/// What one member gives: an array, those of its objects, or labels; and notes.
struct MemberContent {
  std::vector<NamedTensor> arrays;
  std::vector<std::string> notes;
  std::vector<NamedLabels> labels;
  std::vector<OtherList> other_lists;
  std::vector<std::string> classes;
  /// What of it, or that all of it, was left out.
  std::vector<Unread> unread;
  /// Texts and numbers of dicts in it.
  std::vector<Field> fields;
};

MemberContent object_content(const Bytes& content, std::size_t begin, const std::string& name,
                             const std::string& where, const ReadOptions& options) {
  const Limits& limits = options.limits;
  const Pickle pickle = pickle_to_end(content, begin, where, limits);
  NoStorages storages;
  ObjectContents found = object_contents(pickle, name, storages, where, options);
  MemberContent member{std::move(found.tensors), std::move(found.notes),
                       std::move(found.labels),  std::move(found.other_lists),
                       pickle.globals(),         std::move(found.unread),
                       std::move(found.fields)};
  if (member.arrays.empty() && member.labels.empty() && member.unread.empty()) {
    member.unread.push_back({name, nothing_to_read(pickle, where)});
  }
  return member;
}

MemberContent text_content(const Bytes& content, const NpyHeader& header, const std::string& name,
                           const std::string& where, const ReadOptions& options) {
  MemberContent member;
  member.labels.push_back(
      {name, {npy_labels(content, header, where, options), ""}, not_numbers(header, where)});
  return member;
}

MemberContent number_content(Bytes content, const NpyHeader& header, const std::string& name,
                             const std::string& where, const ReadOptions& options) {
  MemberContent member;
  Tensor tensor = npy_tensor(std::move(content), header, where);
  const std::string note = npy_note(header, tensor, options);
  if (!note.empty()) member.notes.push_back(name + ": " + note);
  member.arrays.push_back({name, std::move(tensor)});
  return member;
}

MemberContent left_out(const std::string& name, InputError reason) {
  MemberContent member;
  member.unread.push_back({name, std::move(reason)});
  return member;
}

/// The names of axes, layers or heads in an array of strings; none in one of anything else, or a
/// damaged one.
std::vector<Field> named_parts(const Bytes& content, const NpyHeader& header,
                               const std::string& name, const std::string& where,
                               const ReadOptions& options) try {
  if (header.shape.size() != 1 || header.shape[0] > most_told_texts(name)) return {};
  Fields fields;
  std::size_t i = 0;
  for (const std::string& text : npy_texts(content, header, where, options.limits)) {
    fields.text(name + "." + std::to_string(i++), text);
  }
  return fields.taken();
} catch (const Error&) {
  return {};
}

MemberContent member_content(const Bytes& archive, const ZipMember& member,
                             const std::string& source, const ReadOptions& options) {
  check_stop();
  const std::string where = within(source, member.name);
  const std::string name = array_name(member);
  Bytes content = zip_content(archive, member, where);
  if (content.data.empty()) return left_out(name, {where, "is empty, expected an NPY array"});
  if (!is_npy(content.data)) return left_out(name, {where, "is not an NPY array"});
  const NpyHeader header = npy_header(content.data, where);
  if (holds_numbers(header)) {
    if (auto reason = not_numbers(header, where)) return left_out(name, std::move(*reason));
    return number_content(std::move(content), header, name, where, options);
  }
  try {
    if (holds_objects(header)) {
      return object_content(content, header.data_offset, name, where, options);
    }
    if (names_labels(name, options) && holds_text(header)) {
      return text_content(content, header, name, where, options);
    }
  } catch (const InputError& error) {
    return left_out(name, error);
  }
  MemberContent other = left_out(name, not_numbers(header, where).value());
  if (holds_text(header) && !header.shape.empty()) {
    other.other_lists.push_back({name, header.shape[0]});
    other.fields = named_parts(content, header, name, where, options);
    if (!other.fields.empty()) other.unread.clear();
  }
  return other;
}

/// Members are inflated on all threads; the first that breaks a rule is the one that is named.
std::vector<MemberContent> contents(const Bytes& archive, const std::vector<ZipMember>& members,
                                    const std::string& source, const ReadOptions& options) {
  std::vector<MemberContent> all(members.size());
  parallel_for(members.size(), [&](std::size_t i) {
    all[i] = member_content(archive, members[i], source, options);
  });
  return all;
}

void add(MemberContent content, std::vector<NamedLabels>& labels, Dump& dump) {
  const auto append = [](auto& to, auto& from) {
    std::move(from.begin(), from.end(), std::back_inserter(to));
  };
  append(dump.tensors, content.arrays);
  append(dump.notes, content.notes);
  append(dump.classes, content.classes);
  append(dump.unread, content.unread);
  append(dump.other_lists, content.other_lists);
  append(dump.fields, content.fields);
  append(labels, content.labels);
}

/// Folders, and the twins with `._` that macOS puts beside every file.
bool is_of_the_archiver(const ZipMember& member) {
  const auto slash = member.name.rfind('/');
  const auto last = member.name.substr(slash == std::string::npos ? 0 : slash + 1);
  return last.empty() || last.starts_with("._") || last == ".DS_Store" ||
         member.name.starts_with("__MACOSX/");
}

/// The paths into objects may be the names of other members.
void require_names(const Dump& dump) {
  std::set<std::string_view> names;
  for (const auto& named : dump.tensors) {
    if (names.insert(named.name).second) continue;
    throw InputError(dump.source, "the array " + in_quotes(named.name) + " occurs twice");
  }
}

}  // namespace

Dump read_npz(const Bytes& bytes, std::vector<ZipMember> members, const std::string& source,
              const ReadOptions& options) {
  std::erase_if(members, is_of_the_archiver);
  require_arrays(members, source);
  require_inflated_memory(members, source, options.limits);
  std::sort(members.begin(), members.end(), [](const ZipMember& a, const ZipMember& b) {
    return natural_less(array_name(a), array_name(b));
  });
  Dump dump;
  dump.source = source;
  dump.format = "NPZ";
  std::vector<NamedLabels> labels;
  auto all = contents(bytes, members, source, options);
  for (MemberContent& content : all) add(std::move(content), labels, dump);
  if (dump.tensors.empty() && labels.empty()) refuse_other_archive(members, source);
  take_labels(std::move(labels), options, dump);
  require_names(dump);
  return dump;
}

}  // namespace attngraph
