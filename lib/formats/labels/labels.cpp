#include "formats/labels/labels.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "core/error.hpp"
#include "core/text/place.hpp"
#include "formats/arrays/npy.hpp"
#include "formats/file_kind.hpp"
#include "formats/json/json_text.hpp"
#include "formats/labels/label_lines.hpp"
#include "formats/labels/label_list.hpp"
#include "formats/labels/label_texts.hpp"
#include "formats/labels/npy_labels.hpp"
#include "formats/objects/pickled_object.hpp"
#include "formats/objects/torch/torch_legacy.hpp"
#include "formats/plain_bytes.hpp"
#include "formats/read_dump.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::string_view blanks = " \t\r\n";

/// A value, and the string that it points to.
constexpr std::size_t bytes_of_json_text = 64;

/// The first character that is not blank, and the one behind it.
std::string first_two(std::string_view text) {
  const auto first = text.find_first_not_of(blanks);
  if (first == text.npos) return {};
  const auto second = text.find_first_not_of(blanks, first + 1);
  return std::string(1, text[first]) + (second == text.npos ? '\0' : text[second]);
}

/// Whether the text is a JSON list rather than lines, of which the first may well be `[CLS]`.
bool is_json_list(std::string_view text) {
  const std::string begin = first_two(text);
  if (begin.empty() || begin[0] != '[') return false;
  // A list of anything, also of what is no label: null, true, -1.
  constexpr std::string_view begins_value = "[{]ntf-0123456789";
  const bool may_be = begins_value.find(begin[1]) != begins_value.npos;
  return begin[1] == '"' || (may_be && nlohmann::json::accept(text));
}

/// Whether it is a file of members, one of which may be the labels.
bool holds_members(std::span<const std::byte> bytes) {
  const std::string_view text = text_of(bytes);
  const std::string begin = first_two(text);
  return is_safetensors(bytes) || is_torch_legacy(bytes) || text.starts_with("PK\x03\x04") ||
         begin == "{\"" || text.starts_with("<?xml") || text.starts_with("<graphml");
}

[[noreturn]] void refuse_name(const std::string& wanted, const std::string& source) {
  throw InputError(source, "holds no labels called " + in_quotes(wanted),
                   "save the strings as 'tokens', or name their member: FILE:NAME");
}

/// The tokens of the file, unless another list was asked for.
std::optional<Labels> own_tokens(Dump& dump, const ReadOptions& options) {
  const std::string& name = dump.tokens_name;
  const bool is_other = !options.labels.empty() && name != options.labels;
  if (dump.tokens.empty() || is_other) return std::nullopt;
  Labels labels{std::move(dump.tokens), name.empty() ? "" : taken_note(name, options)};
  const bool are_ids = std::count(dump.notes.begin(), dump.notes.end(), name + ": " + ids_note) > 0;
  if (are_ids) labels.note = ids_note;
  return labels;
}

/// The tokens of one of the lines of JSON Lines, where they are not asked for by their name.
std::optional<Labels> tokens_of_line(const Dump& dump, const std::string& source,
                                     const ReadOptions& options) {
  const auto& all = dump.tokens_of_inputs;
  const bool of_lines = std::all_of(all.begin(), all.end(), [](const NamedTokens& tokens) {
    return tokens.name.starts_with("lines.");
  });
  if (!options.labels.empty() || all.size() < 2 || !of_lines) return std::nullopt;
  const NamedTokens& chosen = all[item_of_batch(all.size(), source, options)];
  const bool are_ids =
      std::count(dump.notes.begin(), dump.notes.end(), dump.tokens_name + ": " + ids_note) > 0;
  return Labels{chosen.tokens, are_ids ? ids_note : ""};
}

Labels member_labels(Bytes bytes, const std::string& source, const ReadOptions& options) {
  Dump dump = members_of(std::move(bytes), source, options);
  const std::string wanted = labels_name(options);
  if (auto tokens = tokens_of_line(dump, source, options)) return *std::move(tokens);
  if (auto tokens = own_tokens(dump, options)) return *std::move(tokens);
  require_read(dump, [&](const std::string& name) { return name == wanted; });
  for (const auto& named : dump.tensors) {
    const bool only = named.name.empty() && dump.tensors.size() == 1;
    const bool is_usual = options.labels.empty() && (only || named.name == "input_ids");
    if (!is_usual && named.name != wanted) continue;
    return ids_of(named.tensor, within(source, named.name), options);
  }
  if (dump.format == "JSON") {
    throw InputError(source,
                     "is an object without " + in_quotes(wanted) + ", expected a list of strings",
                     "give the list alone, or an object {\"tokens\": [...]}");
  }
  refuse_name(wanted, source);
}

/// The path to a list, without the name that the whole object was given.
std::string_view below_root(std::string_view path, const ReadOptions& options) {
  const std::string root = labels_name(options) + ".";
  return path.starts_with(root) ? path.substr(root.size()) : path;
}

/// Why lists that are called as labels are were left out: the one asked for, and where there is no
/// other, any.
void refuse_left_out(const ObjectContents& found, const ReadOptions& options) {
  for (const Unread& left : found.unread) {
    const bool is_asked = below_root(left.name, options) == labels_name(options);
    const bool may_be = found.labels.empty() && names_labels(left.name, options);
    if (is_asked || may_be) throw InputError(left.reason);
  }
}

/// The strings of a pickle that begins at `begin`.
Labels pickled_labels(const Bytes& bytes, std::size_t begin, const std::string& source,
                      const ReadOptions& options) {
  const Pickle pickle = pickle_to_end(bytes, begin, source, options.limits);
  NoStorages storages;
  // A dict names its lists; anything else is the list that is asked for.
  const bool has_names = pickle.items(pickle.root(), PickleItemsKind::dict) != nullptr;
  ObjectContents found =
      object_contents(pickle, has_names ? "" : labels_name(options), storages, source, options);
  refuse_left_out(found, options);
  if (found.labels.empty()) {
    throw InputError(source, "holds no list of strings, expected labels",
                     "save them with numpy.array(tokens, dtype=str), or as a JSON list");
  }
  for (NamedLabels& list : found.labels) list.name = below_root(list.name, options);
  std::erase_if(found.labels, [&](const NamedLabels& list) {
    return !is_called_labels(list.name, options) ||
           (!options.labels.empty() && list.name != options.labels);
  });
  if (found.labels.empty()) refuse_name(labels_name(options), source);
  NamedLabels& chosen = *chosen_labels(found.labels, options, {});
  if (chosen.labels.note.empty()) chosen.labels.note = taken_note(chosen.name, options);
  return std::move(chosen.labels);
}

Labels array_labels(Bytes bytes, const std::string& source, const ReadOptions& options) {
  const NpyHeader header = npy_header(bytes.data, source);
  if (holds_objects(header)) return pickled_labels(bytes, header.data_offset, source, options);
  const bool has_lists = header.shape.size() == 2 && header.shape[0] > 1;
  if (!has_lists) refuse_name_of_list(source, options);
  if (!options.labels.empty()) {
    throw InputError(source, "has no list " + in_quotes(options.labels),
                     "its lists are 0 to " + std::to_string(header.shape[0] - 1));
  }
  if (holds_text(header)) return {npy_labels(bytes, header, source, options), ""};
  return ids_of(npy_tensor(std::move(bytes), header, source), source, options);
}

}  // namespace

void check_labels_begin(std::span<const std::byte> begin, const std::string& source) {
  if (is_npy(begin) || is_pickle(begin) || holds_members(begin)) return;
  if (is_plain(begin)) refuse_other_than_text(begin, source);
  check_text_begin(begin, source);
}

namespace {

bool holds_lists(const nlohmann::json& list) {
  return list.size() > 1 &&
         std::all_of(list.begin(), list.end(), [](const auto& item) { return item.is_array(); });
}

/// A list of lists has no names, but numbers: `FILE:0` is the first, whatever the batch is.
ReadOptions item_named(const nlohmann::json& list, const std::string& source,
                       const ReadOptions& options) {
  ReadOptions of_item = options;
  if (!holds_lists(list)) {
    refuse_name_of_list(source, options);
    return of_item;
  }
  if (!options.labels.empty()) of_item.batch = parsed<std::size_t>(options.labels);
  if (of_item.batch && *of_item.batch < list.size()) return of_item;
  if (!options.labels.empty()) {
    throw InputError(source, "has no list " + in_quotes(options.labels),
                     "its lists are 0 to " + std::to_string(list.size() - 1));
  }
  of_item.batch = item_of_batch(list.size(), source, of_item);
  return of_item;
}

/// Those of a JSON list.
Labels listed_labels(std::string_view text, const std::string& source, const ReadOptions& options) {
  TakenMemory taken(source, options.limits, options.held, fewer_labels_hint);
  taken.require(text.size() * json_bytes_per_character);
  const nlohmann::json list = json_text(text, source, options.limits);
  taken.add(list.size() * bytes_of_json_text);
  Labels labels = label_list(list, source, item_named(list, source, options), taken);
  if (labels.texts.empty()) throw InputError(source, "is an empty list, expected labels");
  return labels;
}

/// Those of a file that may give names to its lists.
Labels named_labels(const Bytes& bytes, const std::string& source, const ReadOptions& options) {
  if (is_npy(bytes.data)) return array_labels(bytes, source, options);
  if (holds_members(bytes.data)) return member_labels(bytes, source, options);
  return pickled_labels(bytes, 0, source, options);
}

/// What `0`, or the end of `tokens.0`, asks for where several lists have no name or that one;
/// nothing for a name that ends in no number.
std::optional<ReadOptions> item_behind_name(const ReadOptions& options) {
  const std::size_t point = options.labels.rfind('.');
  const std::size_t number = point == std::string::npos ? 0 : point + 1;
  ReadOptions of_item = options;
  of_item.batch = parsed<std::size_t>(options.labels.substr(number));
  of_item.labels = options.labels.substr(0, number == 0 ? 0 : point);
  return of_item.batch ? std::optional(of_item) : std::nullopt;
}

/// Whether what is asked for is several lists, of which none is chosen.
bool are_several(const Bytes& bytes, const std::string& source, ReadOptions options) try {
  options.batch.reset();
  named_labels(bytes, source, options);
  return false;
} catch (const InputError& error) {
  return is_of_several_lists(error);
}

Labels plain_labels(const Bytes& bytes, const std::string& source, const ReadOptions& options) {
  if (is_npy(bytes.data) || holds_members(bytes.data) || is_pickle(bytes.data)) {
    const auto of_item = item_behind_name(options);
    const bool is_item = of_item && are_several(bytes, source, *of_item);
    return named_labels(bytes, source, is_item ? *of_item : options);
  }
  refuse_other_than_text(bytes.data, source);
  const std::string_view text = text_of(bytes.data);
  if (is_json_list(text)) return listed_labels(text, source, options);
  return label_lines(text, source, options);
}

}  // namespace

Labels read_labels(Bytes bytes, const std::string& source, const ReadOptions& options) {
  bytes = plain_bytes(std::move(bytes), source, options.limits);
  if (bytes.data.empty()) throw InputError(source, "is empty, expected labels");
  ReadOptions with_held = options;
  with_held.held = held_bytes(bytes);
  with_held.labels_file = source;
  return plain_labels(bytes, source, with_held);
}

}  // namespace attngraph
