#include "formats/arrays/safetensors.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "core/checked.hpp"
#include "core/error.hpp"
#include "core/text/natural_order.hpp"
#include "core/text/place.hpp"
#include "formats/arrays/safetensors_dtype.hpp"
#include "formats/arrays/safetensors_metadata.hpp"
#include "formats/json/json_text.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

using Json = nlohmann::json;

constexpr std::size_t longest_header = 100'000'000;
constexpr std::size_t length_size = 8;
constexpr std::uint64_t largest_exact = std::uint64_t{1} << 53;  // what every JSON reader can hold

/// One tensor as the header describes it.
struct Entry {
  std::string name;
  std::string dtype;
  Shape shape;
  Shape offsets;
};

[[noreturn]] void refuse(const Json& found, const std::string& where, const char* expected) {
  throw InputError(where, "is " + json_kind(found) + ", expected " + expected);
}

/// Whole numbers only: a reader that takes 2.0 for 2 sees another file than one that does not.
Shape whole_numbers(const Json& list, const std::string& where) {
  if (!list.is_array()) refuse(list, where, "a list of whole numbers");
  Shape numbers;
  for (const Json& item : list) {
    if (!item.is_number()) refuse(item, where, "a whole number");
    if (!item.is_number_unsigned() || item.get<std::uint64_t>() > largest_exact) {
      throw InputError(where, "holds a number that is not a whole one in range");
    }
    numbers.push_back(item.get<std::size_t>());
  }
  return numbers;
}

Entry entry_of(const std::string& name, const Json& fields, const std::string& where) {
  if (!fields.is_object()) refuse(fields, where, "an object");
  for (const auto& [key, value] : fields.items()) {
    if (key == "dtype" || key == "shape" || key == "data_offsets") continue;
    throw InputError(within(where, key), "is a key, expected only dtype, shape and data_offsets");
  }
  const auto field = [&](const char* key) -> const Json& {
    const auto found = fields.find(key);
    if (found == fields.end()) throw InputError(where, std::string("'") + key + "' is missing");
    return *found;
  };
  const Json& dtype = field("dtype");
  if (!dtype.is_string()) refuse(dtype, where + ": dtype", "a string");
  return {name, dtype.get<std::string>(), whole_numbers(field("shape"), where + ": shape"),
          whole_numbers(field("data_offsets"), where + ": data_offsets")};
}

Dtype dtype_of(const Entry& entry, const std::string& where) {
  if (const auto dtype = safetensors_dtype(entry.dtype)) return *dtype;
  throw InputError(where, "the dtype " + in_quotes(entry.dtype) + " is unknown",
                   "convert the tensor to float16, bfloat16 or float32 before saving");
}

std::span<const std::byte> header_bytes(std::span<const std::byte> file,
                                        const std::string& source) {
  const std::string where = source + ": header";
  assert(file.size() > length_size);  // else it is of another kind
  const auto length = little_endian<std::uint64_t>(file, 0);
  const auto rest = file.subspan(length_size);
  if (length > longest_header) {
    throw InputError(where, counted(length, "byte") + " long, expected at most 100000000");
  }
  if (length > rest.size()) {
    throw InputError(
        where, counted(length, "byte") + " long, but " + counted(rest.size(), "byte") + " follow",
        cut_off_hint);
  }
  if (length == 0) throw InputError(where, "0 bytes long, expected a JSON object");
  if (rest[0] != std::byte{'{'}) throw InputError(where, "does not begin with '{'");
  return rest.first(length);
}

void require_offsets(const Shape& offsets, std::size_t size, const std::string& where) {
  if (offsets.size() != 2 || offsets[0] > offsets[1]) {
    throw InputError(where, "data_offsets are " + shape_text(offsets) + ", expected begin and end");
  }
  if (offsets[1] <= size) return;
  throw InputError(where,
                   "data_offsets end at " + std::to_string(offsets[1]) + ", but the data has " +
                       counted(size, "byte"),
                   cut_off_hint);
}

/// Why a tensor that is well described is none that we read; nothing where it is one.
std::optional<InputError> unreadable(const Entry& entry, const std::string& where) {
  try {
    shape_bytes(entry.shape, dtype_of(entry, where), where);
  } catch (const InputError& error) {
    return error;
  }
  return std::nullopt;
}

/// Also of a tensor that is none we read: a file that says two things of it is damaged.
void require_size(const Entry& entry, const std::string& where) {
  const auto bits_of_one = safetensors_bits(entry.dtype);
  if (!bits_of_one) return;
  const auto count = checked_product(entry.shape);
  const auto bits = count ? checked_multiply(*count, *bits_of_one) : std::nullopt;
  const std::string shape = shape_text(entry.shape);
  if (!bits) throw InputError(where, "shape " + shape + " is larger than any memory");
  const std::size_t there = entry.offsets[1] - entry.offsets[0];
  if (*bits % 8 == 0 && there == *bits / 8) return;
  const auto dtype = safetensors_dtype(entry.dtype);
  const std::string numbers = (dtype ? std::string(dtype_name(*dtype)) : entry.dtype) + " " + shape;
  throw InputError(
      where, "data: " + counted(there, "byte") +
                 (*bits % 8 == 0 ? ", expected " + std::to_string(*bits / 8) + " for " + numbers
                                 : ", but " + numbers + " fills no whole bytes"));
}

/// The entry as a tensor over the part of `buffer` that is its own.
Tensor tensor(const Entry& entry, const Bytes& buffer, const std::string& where) {
  const Dtype dtype = dtype_of(entry, where);
  const std::size_t size = shape_bytes(entry.shape, dtype, where);
  const std::size_t begin = entry.offsets[0];
  return Tensor({buffer.owner, buffer.data.subspan(begin, size), buffer.mapped}, dtype,
                entry.shape);
}

void add(const Entry& entry, const Bytes& buffer, Dump& dump, const ReadOptions& options) {
  const std::string where = within(dump.source, entry.name);
  const auto reason = unreadable(entry, where);
  try {
    require_offsets(entry.offsets, buffer.data.size(), where);
  } catch (const InputError&) {
    if (reason) throw InputError(*reason);
    throw;
  }
  require_size(entry, where);
  if (reason) {
    dump.unread.push_back({entry.name, *reason});
    return;
  }
  dump.tensors.push_back({entry.name, tensor(entry, buffer, where)});
  const std::string note = integer_note(dump.tensors.back().tensor.dtype(), options);
  if (!note.empty()) dump.notes.push_back(entry.name + ": " + note);
}

/// The tensors must tile the data: no byte twice, none left over.
void require_tiling(const std::vector<Entry>& entries, std::size_t size,
                    const std::string& source) {
  std::vector<const Entry*> order(entries.size());
  std::transform(entries.begin(), entries.end(), order.begin(),
                 [](const Entry& entry) { return &entry; });
  std::sort(order.begin(), order.end(),
            [](const Entry* a, const Entry* b) { return a->offsets < b->offsets; });
  std::size_t end = 0;
  for (const Entry* entry : order) {
    const std::size_t begin = entry->offsets.front();
    if (begin != end) {
      throw InputError(within(source, entry->name), "data_offsets begin at " +
                                                        std::to_string(begin) + ", expected " +
                                                        std::to_string(end) + ": tensors " +
                                                        (begin < end ? "overlap" : "leave a hole"));
    }
    end = entry->offsets.back();
  }
  if (end != size) {
    throw InputError(source + ": data", counted(size, "byte") + ", but the last tensor ends at " +
                                            std::to_string(end));
  }
}

}  // namespace

Dump read_safetensors(const Bytes& bytes, const std::string& source, const ReadOptions& options) {
  const auto text = header_bytes(bytes.data, source);
  const std::string where = source + ": header";
  Json header = json_text(text_of(text), where, options.limits);
  Json metadata = Json::object();
  const auto stated = header.find("__metadata__");
  if (stated != header.end() && !stated->is_null()) metadata = *stated;
  if (!metadata.is_object()) refuse(metadata, where + ": __metadata__", "an object");
  header.erase("__metadata__");
  if (header.empty()) throw InputError(source, "holds no tensor");
  Dump dump;
  dump.source = source;
  dump.format = "safetensors";
  const Bytes buffer{bytes.owner, bytes.data.subspan(length_size + text.size()), bytes.mapped};
  std::vector<Entry> entries;
  for (const auto& [name, fields] : header.items()) {
    entries.push_back(entry_of(name, fields, within(where, name)));
    add(entries.back(), buffer, dump, options);
  }
  require_tiling(entries, buffer.data.size(), source);
  std::sort(dump.tensors.begin(), dump.tensors.end(),
            [](const auto& a, const auto& b) { return natural_less(a.name, b.name); });
  take_metadata(metadata, options, dump);
  return dump;
}

}  // namespace attngraph
