#include "formats/arrays/safetensors.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "core/error.hpp"
#include "core/natural_order.hpp"
#include "formats/json/json_events.hpp"
#include "formats/json/label_list.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::size_t longest_header = 100'000'000;
constexpr std::size_t length_size = 8;
constexpr double largest_exact = 9007199254740992.0;  // 2^53: whole numbers beyond are rounded

constexpr std::array<std::pair<std::string_view, Dtype>, 13> dtypes{{{"F64", Dtype::f64},
                                                                     {"F32", Dtype::f32},
                                                                     {"F16", Dtype::f16},
                                                                     {"BF16", Dtype::bf16},
                                                                     {"I64", Dtype::i64},
                                                                     {"I32", Dtype::i32},
                                                                     {"I16", Dtype::i16},
                                                                     {"I8", Dtype::i8},
                                                                     {"U64", Dtype::u64},
                                                                     {"U32", Dtype::u32},
                                                                     {"U16", Dtype::u16},
                                                                     {"U8", Dtype::u8},
                                                                     {"BOOL", Dtype::boolean}}};

/// One tensor as the header describes it.
struct Entry {
  std::string name;
  std::optional<std::string> dtype;
  std::optional<Shape> shape;
  std::optional<Shape> offsets;
};

/// The header's JSON: `{name: {"dtype", "shape", "data_offsets"}, "__metadata__": {text: text}}`.
class HeaderReader : public JsonEvents {
 public:
  explicit HeaderReader(std::string where) : where_(std::move(where)) {}

  std::vector<Entry> entries;
  std::vector<std::pair<std::string, std::string>> metadata;

  void begin_object() override {
    if (depth_ == 2) refuse("an object");
    ++depth_;
    if (depth_ == 2 && !in_metadata()) entries.push_back({name_, {}, {}, {}});
  }
  void end_object() override { --depth_; }

  void key(std::string name) override {
    (depth_ == 1 ? name_ : field_) = std::move(name);
    if (depth_ == 2 && !in_metadata() && field_ != "dtype" && field_ != "shape" &&
        field_ != "data_offsets") {
      throw InputError(place(), "is a key, expected only dtype, shape and data_offsets");
    }
  }

  void begin_list() override {
    if (list_ || depth_ != 2 || in_metadata() || field_ == "dtype") refuse("a list");
    list_.emplace();
  }
  void end_list() override {
    (field_ == "shape" ? entries.back().shape : entries.back().offsets) = std::move(list_);
    list_.reset();
  }

  void number(double value) override {
    if (!list_) refuse("a number");
    if (value < 0 || value > largest_exact || value != std::floor(value)) {
      throw InputError(place(), "holds a number that is not a whole one in range");
    }
    list_->push_back(static_cast<std::size_t>(value));
  }

  void text(std::string value) override {
    if (depth_ != 2 || list_ || (!in_metadata() && field_ != "dtype")) refuse("a string");
    if (in_metadata()) {
      metadata.emplace_back(field_, std::move(value));
    } else {
      entries.back().dtype = std::move(value);
    }
  }
  void word(std::string_view word) override { refuse(std::string(word)); }

 private:
  std::string where_;
  std::size_t depth_ = 0;
  std::string name_;
  std::string field_;
  std::optional<Shape> list_;

  bool in_metadata() const { return name_ == "__metadata__"; }

  std::string place() const {
    if (depth_ == 0) return where_;
    return where_ + ": " + name_ + (depth_ == 2 ? ": " + field_ : "");
  }

  [[noreturn]] void refuse(const std::string& found) {
    const char* expected = depth_ < 2          ? "an object"
                           : in_metadata()     ? "a string"
                           : list_             ? "a whole number"
                           : field_ == "dtype" ? "a string"
                                               : "a list of whole numbers";
    throw InputError(place(), "is " + found + ", expected " + expected);
  }
};

std::span<const std::byte> header_bytes(std::span<const std::byte> file,
                                        const std::string& source) {
  const std::string where = source + ": header";
  if (file.size() < length_size) {
    throw InputError(where, counted(file.size(), "byte") + ", expected at least 8", cut_off_hint);
  }
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
  if (length == 0 || rest[0] != std::byte{'{'}) throw InputError(where, "does not begin with '{'");
  return rest.first(length);
}

/// The entry as a tensor over the part of `buffer` that is its own.
Tensor tensor(const Entry& entry, const Bytes& buffer, const std::string& where) {
  const auto require = [&](bool has, const char* key) {
    if (!has) throw InputError(where, std::string("'") + key + "' is missing");
  };
  require(entry.dtype.has_value(), "dtype");
  require(entry.shape.has_value(), "shape");
  require(entry.offsets.has_value(), "data_offsets");
  const auto dtype = std::find_if(dtypes.begin(), dtypes.end(),
                                  [&](const auto& known) { return known.first == *entry.dtype; });
  if (dtype == dtypes.end()) {
    throw InputError(where, "the dtype " + in_quotes(*entry.dtype) + " is unknown",
                     "convert the tensor to float16, bfloat16 or float32 before saving");
  }
  const std::size_t size = shape_bytes(*entry.shape, dtype->second, where);
  const Shape& offsets = *entry.offsets;
  if (offsets.size() != 2 || offsets[0] > offsets[1]) {
    throw InputError(where, "data_offsets are " + shape_text(offsets) + ", expected begin and end");
  }
  if (offsets[1] > buffer.data.size()) {
    throw InputError(where,
                     "data_offsets end at " + std::to_string(offsets[1]) + ", but the data has " +
                         counted(buffer.data.size(), "byte"),
                     cut_off_hint);
  }
  if (offsets[1] - offsets[0] != size) {
    throw InputError(where, "data: " + counted(offsets[1] - offsets[0], "byte") + ", expected " +
                                std::to_string(size) + " for " +
                                std::string(dtype_name(dtype->second)) + " " +
                                shape_text(*entry.shape));
  }
  return Tensor({buffer.owner, buffer.data.subspan(offsets[0], size), buffer.mapped}, dtype->second,
                *entry.shape);
}

/// The tensors must tile the data: no byte twice, none left over.
void require_tiling(const std::vector<Entry>& entries, std::size_t size,
                    const std::string& source) {
  std::vector<const Entry*> order;
  for (const auto& entry : entries) order.push_back(&entry);
  std::sort(order.begin(), order.end(),
            [](const Entry* a, const Entry* b) { return *a->offsets < *b->offsets; });
  std::size_t end = 0;
  for (const Entry* entry : order) {
    const std::size_t begin = entry->offsets->front();
    if (begin != end) {
      throw InputError(source + ": " + entry->name, "data_offsets begin at " +
                                                        std::to_string(begin) + ", expected " +
                                                        std::to_string(end) + ": tensors " +
                                                        (begin < end ? "overlap" : "leave a hole"));
    }
    end = entry->offsets->back();
  }
  if (end != size) {
    throw InputError(source + ": data", counted(size, "byte") + ", but the last tensor ends at " +
                                            std::to_string(end));
  }
}

void take_tokens(Dump& dump, const HeaderReader& header, const Limits& limits) {
  const std::string where = dump.source + ": metadata: ";
  for (const auto& [name, value] : header.metadata) {
    if (name != "tokens") continue;
    dump.tokens = label_list(value, where + name, limits);
    return;
  }
  for (const auto& [name, value] : header.metadata) {
    if (!value.starts_with("[\"")) continue;
    dump.tokens = label_list(value, where + name, limits);
    dump.notes.push_back("tokens taken from the metadata " + in_quotes(name));
    return;
  }
}

}  // namespace

Dump read_safetensors(const Bytes& bytes, const std::string& source, const Limits& limits) {
  const auto text = header_bytes(bytes.data, source);
  HeaderReader header(source + ": header");
  send_json(text_of(text), source + ": header", header);
  if (header.entries.empty()) throw InputError(source, "holds no tensor");
  Dump dump;
  dump.source = source;
  dump.format = "safetensors";
  const Bytes buffer{bytes.owner, bytes.data.subspan(length_size + text.size()), bytes.mapped};
  for (const auto& entry : header.entries) {
    dump.tensors.push_back({entry.name, tensor(entry, buffer, source + ": " + entry.name)});
    const std::string note = integer_note(dump.tensors.back().tensor.dtype());
    if (!note.empty()) dump.notes.push_back(entry.name + ": " + note);
  }
  require_tiling(header.entries, buffer.data.size(), source);
  std::sort(dump.tensors.begin(), dump.tensors.end(),
            [](const auto& a, const auto& b) { return natural_less(a.name, b.name); });
  take_tokens(dump, header, limits);
  return dump;
}

}  // namespace attngraph
