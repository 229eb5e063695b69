#include "formats/read_dump.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/text/place.hpp"
#include "formats/arrays/npy.hpp"
#include "formats/arrays/npz.hpp"
#include "formats/arrays/safetensors.hpp"
#include "formats/edges/edge_csv.hpp"
#include "formats/edges/marked_sides.hpp"
#include "formats/edges/turned_edges.hpp"
#include "formats/file_kind.hpp"
#include "formats/graphs/graph_json.hpp"
#include "formats/graphs/graphml.hpp"
#include "formats/graphs/row_json.hpp"
#include "formats/json/json.hpp"
#include "formats/labels/label_list.hpp"
#include "formats/labels/npy_labels.hpp"
#include "formats/objects/pickled_object.hpp"
#include "formats/objects/torch/torch_archive.hpp"
#include "formats/objects/torch/torch_legacy.hpp"
#include "formats/plain_bytes.hpp"
#include "formats/rules.hpp"
#include "formats/taken_memory.hpp"

namespace attngraph {
namespace {

Dump read_zip(const Bytes& bytes, const std::string& source, const ReadOptions& options) {
  auto members = zip_members(bytes.data, source);
  if (is_torch_archive(members)) return read_torch_archive(bytes, members, source, options);
  return read_npz(bytes, std::move(members), source, options);
}

}  // namespace

void check_begin(std::span<const std::byte> begin, const std::string& source) {
  if (!is_plain(begin)) return;
  switch (file_kind(begin, source)) {
    case FileKind::npy:
    case FileKind::zip:
    case FileKind::pickle:
    case FileKind::torch_legacy:
    case FileKind::safetensors:
      return;
    default:
      check_text_begin(begin, source);
  }
}

Dump members_of(Bytes bytes, const std::string& source, const ReadOptions& options) {
  switch (file_kind(bytes.data, source)) {
    case FileKind::npy:
      return read_npy(std::move(bytes), source, options);
    case FileKind::zip:
      return read_zip(bytes, source, options);
    case FileKind::pickle:
      return read_pickle_file(bytes, source, options);
    case FileKind::torch_legacy:
      return read_torch_legacy(bytes, source, options);
    case FileKind::safetensors:
      return read_safetensors(bytes, source, options);
    case FileKind::json:
      return read_json(bytes, source, options);
    case FileKind::edge_csv:
      return read_edge_csv(bytes, source, options.limits, options.edges);
    case FileKind::graphml:
      return read_graphml(bytes, source, options.limits, options.edges);
    case FileKind::graph_json:
      return read_graph_json(bytes, source, options.limits, options.edges);
    case FileKind::row_json:
      return read_row_json(bytes, source, options.limits, options.edges);
  }
  return {};
}

namespace {

/// Refuses a file that holds nothing to read, with the reason why what it holds was left out.
void require_numbers(const Dump& dump) {
  if (!dump.tensors.empty() || !dump.edges.empty() || dump.nodes > 0) return;
  const auto hinted = std::find_if(dump.unread.begin(), dump.unread.end(),
                                   [](const Unread& left) { return !left.reason.hint().empty(); });
  if (hinted != dump.unread.end()) throw InputError(hinted->reason);
  if (!dump.unread.empty()) throw InputError(dump.unread.front().reason);
  if (dump.format != "JSON") throw InputError(dump.source, "holds no array of numbers");
  throw InputError(
      dump.source, "holds no nested lists of numbers",
      "give a matrix [[...]], or an object with \"attention\", or with \"query\" and \"key\"");
}

/// Very many arrays take memory of their own, in any format.
void require_room(const Dump& dump, const ReadOptions& options) {
  constexpr std::size_t few = 100;
  if (dump.tensors.size() <= few) return;
  require_memory(options.held + dump.tensors.size() * bytes_of_array, options.limits, dump.source,
                 "raise $max-memory, or save fewer and larger arrays");
}

/// An array of whole numbers called as the labels are holds the tokens' ids.
void take_ids(Dump& dump, const ReadOptions& options) {
  if (!dump.tokens.empty()) return;
  for (const auto& named : dump.tensors) {
    if (named.name != labels_name(options) || is_floating(named.tensor.dtype())) continue;
    if (named.tensor.rank() != 1) continue;
    Labels ids = ids_of(named.tensor, within(dump.source, named.name), options);
    dump.notes.push_back(named.name + ": " + ids.note);
    dump.tokens = std::move(ids.texts);
    return;
  }
}

/// `2 members left out: 'a' (is a string, expected …), 'b'`
std::string note_of(const std::vector<Unread>& unread) {
  constexpr std::size_t most_names = 8;
  std::string names;
  for (std::size_t i = 0; i < std::min(unread.size(), most_names); ++i) {
    names += (i > 0 ? ", " : "") + in_quotes(unread[i].name);
    if (i == 0) names += " (" + unread[i].reason.problem() + ")";
  }
  if (unread.size() > most_names) names += ", …";
  return counted(unread.size(), "member") + " left out: " + names;
}

}  // namespace

Dump read_dump(Bytes bytes, const std::string& source, const ReadOptions& options) {
  bytes = plain_bytes(std::move(bytes), source, options.limits);
  ReadOptions with_held = options;
  with_held.held = held_bytes(bytes);
  Dump dump = members_of(std::move(bytes), source, with_held);
  require_numbers(dump);
  require_room(dump, with_held);
  if (options.edges.from_keys) turn_edges_as_asked(dump);
  part_marked_sides(dump);
  take_ids(dump, with_held);
  if (!dump.unread.empty()) dump.notes.push_back(note_of(dump.unread));
  return dump;
}

}  // namespace attngraph
