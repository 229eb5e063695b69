#include "formats/objects/torch/torch_storage.hpp"

#include <algorithm>
#include <array>

#include "core/checked.hpp"
#include "formats/objects/pickled_bytes.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

/// A type of storage; what has no dtype has numbers that are not read, or bytes of any type.
struct StorageType {
  std::string_view name;
  std::string_view dtype_name;
  std::size_t item_size;
  std::optional<Dtype> dtype;
};

constexpr std::string_view untyped = "UntypedStorage";

constexpr std::array<StorageType, 20> storage_types{{
    {"FloatStorage", "float32", 4, Dtype::f32},
    {"DoubleStorage", "float64", 8, Dtype::f64},
    {"HalfStorage", "float16", 2, Dtype::f16},
    {"BFloat16Storage", "bfloat16", 2, Dtype::bf16},
    {"LongStorage", "int64", 8, Dtype::i64},
    {"IntStorage", "int32", 4, Dtype::i32},
    {"ShortStorage", "int16", 2, Dtype::i16},
    {"CharStorage", "int8", 1, Dtype::i8},
    {"ByteStorage", "uint8", 1, Dtype::u8},
    {"BoolStorage", "bool", 1, Dtype::boolean},
    {"", "uint16", 2, Dtype::u16},
    {"", "uint32", 4, Dtype::u32},
    {"", "uint64", 8, Dtype::u64},
    {untyped, "", 1, std::nullopt},
    {"ComplexFloatStorage", "", 8, std::nullopt},
    {"ComplexDoubleStorage", "", 16, std::nullopt},
    {"QInt8Storage", "", 1, std::nullopt},
    {"QUInt8Storage", "", 1, std::nullopt},
    {"QUInt4x2Storage", "", 1, std::nullopt},
    {"QInt32Storage", "", 4, std::nullopt},
}};

[[noreturn]] void refuse(const std::string& where, const std::string& problem) {
  throw InputError(where, problem, "the file is damaged; save it again with torch.save");
}

std::string_view without(std::string_view name, std::string_view begin) {
  return name.starts_with(begin) ? name.substr(begin.size()) : name;
}

/// The key is part of a member's name: nothing but a number as Python writes it.
std::string_view key_of(const Pickle& pickle, PickleId id, const std::string& where) {
  const std::string_view key = pickle.text(id).value_or(std::string_view());
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool plain = !key.empty() && key.size() <= 20 &&
                     std::all_of(key.begin(), key.end(), is_digit) &&
                     (key == "0" || key.front() != '0');
  if (!plain) refuse(where, "the key of its storage is no plain decimal number");
  return key;
}

/// What makes numbers that are read of a storage or number type that is not.
const char* cure_of(std::string_view type) {
  const std::string lower = lower_case(type);
  if (lower.starts_with("complex")) return complex_hint;
  if (lower.starts_with("q")) return "save tensor.dequantize()";
  const bool packed = lower.starts_with("bits") || lower.starts_with("float4");
  return packed ? "save it as float32 before it is packed"
                : "save it as float32: torch.save(tensor.float(), file)";
}

}  // namespace

bool names_module(const Pickle& pickle, PickleId persistent_id) {
  const PickleItems* id = pickle.items(persistent_id, PickleItemsKind::tuple);
  return id != nullptr && id->ids.size() > 1 && pickle.text(id->ids[0]) == "module" &&
         !pickle.global(id->ids[1]).empty();
}

StorageName storage_name(const Pickle& pickle, PickleId persistent_id, const std::string& where) {
  const PickleItems* id = pickle.items(persistent_id, PickleItemsKind::tuple);
  if (id == nullptr || id->ids.size() < 5 || pickle.text(id->ids[0]) != "storage") {
    refuse(where, "its storage is named by no ('storage', type, key, location, size)");
  }
  if (id->ids.size() > 5 && !pickle.is_none(id->ids[5])) {
    refuse(where, "its storage is a view of another, which only PyTorch before 0.4 wrote");
  }
  StorageName name{without(without(pickle.global(id->ids[1]), "torch."), "storage."),
                   0,
                   {},
                   key_of(pickle, id->ids[2], where),
                   0};
  for (const auto& type : storage_types) {
    if (name.type.empty() || type.name != name.type) continue;
    name.item_size = type.item_size;
    name.dtype = type.dtype;
  }
  const auto count = pickle.integer(id->ids[4]);
  if (!count || *count < 0 || !checked_multiply(static_cast<std::size_t>(*count), name.item_size)) {
    refuse(where, "the size of its storage is no whole number from 0 on");
  }
  name.count = static_cast<std::size_t>(*count);
  return name;
}

void require_numbers(const StorageName& name, const std::string& where) {
  if (name.dtype || name.type == untyped) return;
  throw NoNumbers(where, "lies in a storage " + in_quotes(name.type) + ", expected real numbers",
                  cure_of(name.type));
}

Dtype torch_dtype(std::string_view name, const std::string& where) {
  name = without(name, "torch.");
  for (const auto& type : storage_types) {
    if (type.dtype && name == type.dtype_name) return *type.dtype;
  }
  throw NoNumbers(where, "holds " + in_quotes(name) + ", a number type that is not read",
                  cure_of(name));
}

}  // namespace attngraph
