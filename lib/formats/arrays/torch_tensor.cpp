#include "formats/arrays/torch_tensor.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/checked.hpp"
#include "formats/arrays/torch_legacy.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::string_view utils = "torch._utils._rebuild_";
constexpr std::string_view from_type = "torch._tensor._rebuild_from_type_v2";
constexpr const char* damaged_hint = "the file is damaged; save it again with torch.save";

struct StorageType {
  std::string_view name;
  std::string_view dtype_name;
  std::optional<Dtype> dtype;
};

constexpr std::array<StorageType, 12> storage_types{{
    {"FloatStorage", "float32", Dtype::f32},
    {"DoubleStorage", "float64", Dtype::f64},
    {"HalfStorage", "float16", Dtype::f16},
    {"BFloat16Storage", "bfloat16", Dtype::bf16},
    {"LongStorage", "int64", Dtype::i64},
    {"IntStorage", "int32", Dtype::i32},
    {"ShortStorage", "int16", Dtype::i16},
    {"CharStorage", "int8", Dtype::i8},
    {"ByteStorage", "uint8", Dtype::u8},
    {"BoolStorage", "bool", Dtype::boolean},
    {"UntypedStorage", "", std::nullopt},
    {"storage.UntypedStorage", "", std::nullopt},
}};

[[noreturn]] void refuse(const std::string& where, const std::string& problem) {
  throw InputError(where, problem, damaged_hint);
}

/// The dtype of `torch.uint16` and others, which have no storage of their own.
Dtype dtype_of(std::string_view name, const std::string& where) {
  constexpr std::string_view module = "torch.";
  if (name.starts_with(module)) name.remove_prefix(module.size());
  for (const auto& type : storage_types) {
    if (name == type.dtype_name && type.dtype) return *type.dtype;
  }
  if (name == "uint16") return Dtype::u16;
  if (name == "uint32") return Dtype::u32;
  if (name == "uint64") return Dtype::u64;
  throw NoNumbers(where, "holds " + in_quotes(name) + ", a number type that is not read",
                  "save it as float32: torch.save(tensor.float(), file)");
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

/// Numbers in a row, and their type if the storage has one.
struct Storage {
  Bytes bytes;
  std::optional<Dtype> dtype;
  ByteOrder order;
};

Storage storage(const Pickle& pickle, PickleId id, Storages& storages, PickledBytes& bytes,
                const std::string& where, const Limits& limits) {
  if (const auto persistent = pickle.persistent(id)) {
    const StorageName name = storage_name(pickle, *persistent, where);
    return {storages.storage(name, where), name.dtype, storages.order()};
  }
  const PickleObject* object = pickle.object(id);
  if (object && pickle.global(object->callable) == "torch.storage._load_from_bytes") {
    const PickleItems* arguments = pickled_arguments(pickle, *object, 1);
    const auto file = arguments ? bytes.at(arguments->ids[0], where) : std::nullopt;
    if (!file) refuse(where, "its storage is no bytes");
    auto [content, dtype] = legacy_storage(*file, where, limits);
    return {std::move(content), dtype, ByteOrder::little};
  }
  refuse(where, "its storage is named by no persistent id");
}

/// Every number must lie in the storage; that the first does is seen by the offset.
void require_inside(const Shape& shape, const Shape& strides, std::size_t offset,
                    std::size_t numbers, const std::string& where) {
  std::optional<std::size_t> last = offset;
  for (std::size_t axis = 0; axis < shape.size() && last; ++axis) {
    const auto reach = checked_multiply(shape[axis] - 1, strides[axis]);
    last = reach ? checked_add(*last, *reach) : std::nullopt;
  }
  if (last && *last < numbers) return;
  refuse(where, "shape " + shape_text(shape) + " with strides " + shape_text(strides) +
                    " from number " + std::to_string(offset) + " leaves its storage of " +
                    counted(numbers, "number"));
}

/// Arguments of `_rebuild_tensor`: storage, offset, size, stride, and perhaps more.
Tensor strided(const Pickle& pickle, const PickleItems& arguments, std::optional<Dtype> dtype,
               Storage stored, const std::string& where, const Limits& limits) {
  const auto offset = pickle.integer(arguments.ids[1]);
  const auto shape = pickled_shape(pickle, arguments.ids[2]);
  const auto strides = pickled_shape(pickle, arguments.ids[3]);
  if (!offset || *offset < 0 || !shape || !strides || shape->size() != strides->size()) {
    refuse(where, "its offset, sizes and strides are no whole numbers from 0 on");
  }
  if (!dtype) dtype = stored.dtype;
  if (!dtype) refuse(where, "neither the tensor nor its storage says a number type");
  if (std::find(shape->begin(), shape->end(), 0u) != shape->end()) {
    throw NoNumbers(where, "is empty: shape " + shape_text(*shape));
  }
  const std::size_t item = dtype_size(*dtype);
  const std::size_t size = shape_bytes(*shape, *dtype, where);
  const auto begin = static_cast<std::size_t>(*offset);
  require_inside(*shape, *strides, begin, stored.bytes.data.size() / item, where);
  // An expanded tensor is larger than what the file holds.
  if (size > stored.bytes.data.size()) require_memory(size, limits, where);
  std::vector<std::ptrdiff_t> byte_strides;
  for (std::size_t axis = 0; axis < shape->size(); ++axis) {
    const std::size_t stride = (*shape)[axis] == 1 ? 0 : (*strides)[axis] * item;
    byte_strides.push_back(static_cast<std::ptrdiff_t>(stride));
  }
  Bytes bytes = std::move(stored.bytes);
  bytes.data = bytes.data.subspan(begin * item);
  return Tensor(std::move(bytes), *dtype, *shape, stored.order, std::move(byte_strides));
}

/// The function and the arguments that stand inside those of a parameter or of a typed tensor.
struct Call {
  std::string_view function;
  const PickleItems* arguments;
};

std::optional<Call> inside(const Pickle& pickle, const Call& call, const std::string& where) {
  if (call.function == from_type) {
    if (call.arguments->ids.size() < 3) refuse(where, "a typed tensor without arguments");
    return Call{pickle.global(call.arguments->ids[0]),
                pickle.items(call.arguments->ids[2], PickleItemsKind::tuple)};
  }
  if (!call.function.starts_with("torch._utils._rebuild_parameter")) return std::nullopt;
  const PickleObject* data =
      call.arguments->ids.empty() ? nullptr : pickle.object(call.arguments->ids[0]);
  if (data == nullptr) refuse(where, "a parameter without a tensor");
  return Call{pickle.global(data->callable), pickled_arguments(pickle, *data, 0)};
}

/// The call of the function that makes the tensor itself.
Call innermost(const Pickle& pickle, const PickleObject& object, const std::string& where) {
  Call call{pickle.global(object.callable), pickled_arguments(pickle, object, 0)};
  for (std::size_t depth = 0; depth < deepest_pickle; ++depth) {
    if (call.arguments == nullptr) refuse(where, "a tensor without arguments");
    const auto next = inside(pickle, call, where);
    if (!next) return call;
    call = *next;
  }
  refuse(where, "parameters are nested deeper than 64");
}

[[noreturn]] void refuse_kind(std::string_view function, const std::string& where) {
  const auto has = [&](std::string_view word) { return function.find(word) != function.npos; };
  if (has("sparse")) {
    throw NoNumbers(where, "is a sparse tensor, expected a dense one", "save tensor.to_dense()");
  }
  if (has("qtensor")) {
    throw NoNumbers(where, "is a quantized tensor, expected numbers", "save tensor.dequantize()");
  }
  if (has("nested")) {
    throw NoNumbers(where, "is a nested tensor, expected one shape",
                    "save tensor.to_padded_tensor(0), or a list of tensors");
  }
  if (has("meta")) {
    throw NoNumbers(where, "is a meta tensor, which has no numbers",
                    "load the model with its weights before it is run");
  }
  throw NoNumbers(where, "is made by " + in_quotes(function) + ", which is not read",
                  "save a plain tensor: tensor.detach().cpu()");
}

}  // namespace

StorageName storage_name(const Pickle& pickle, PickleId persistent_id, const std::string& where) {
  const PickleItems* id = pickle.items(persistent_id, PickleItemsKind::tuple);
  if (id == nullptr || id->ids.size() < 5 || pickle.text(id->ids[0]) != "storage") {
    refuse(where, "its storage is named by no ('storage', type, key, location, size)");
  }
  std::string_view type = pickle.global(id->ids[1]);
  if (type.starts_with("torch.")) type.remove_prefix(6);
  const auto known = std::find_if(storage_types.begin(), storage_types.end(),
                                  [&](const StorageType& t) { return t.name == type; });
  if (known == storage_types.end()) {
    throw NoNumbers(where, "lies in a storage " + in_quotes(type) + ", expected real numbers",
                    "save it as float32: torch.save(tensor.float(), file)");
  }
  if (id->ids.size() > 5 && !pickle.is_none(id->ids[5])) {
    refuse(where, "its storage is a view of another, which only PyTorch before 0.4 wrote");
  }
  const auto count = pickle.integer(id->ids[4]);
  const std::size_t item = known->dtype ? dtype_size(*known->dtype) : 1;
  const auto size = count && *count >= 0 ? checked_multiply(static_cast<std::size_t>(*count), item)
                                         : std::nullopt;
  if (!size) refuse(where, "the size of its storage is no whole number from 0 on");
  return {known->dtype, key_of(pickle, id->ids[2], where), *size};
}

bool makes_torch_tensor(std::string_view function) {
  return function.starts_with(utils) || function == from_type;
}

Tensor torch_tensor(const Pickle& pickle, const PickleObject& object, Storages& storages,
                    PickledBytes& bytes, const std::string& where, const Limits& limits) {
  const Call call = innermost(pickle, object, where);
  const bool third = call.function == "torch._utils._rebuild_tensor_v3";
  if (!third && call.function != "torch._utils._rebuild_tensor" &&
      call.function != "torch._utils._rebuild_tensor_v2") {
    refuse_kind(call.function, where);
  }
  const auto& ids = call.arguments->ids;
  if (ids.size() < (third ? 7 : 4)) refuse(where, "a tensor with too few arguments");
  const std::size_t metadata = third ? 7 : 6;
  if (ids.size() > metadata && !pickle.is_none(ids[metadata])) {
    const PickleItems* bits = pickle.items(ids[metadata], PickleItemsKind::dict);
    if (bits == nullptr || !bits->ids.empty()) {
      throw NoNumbers(where, "is a view with its conjugate or negative bit set",
                      "save tensor.resolve_conj().resolve_neg()");
    }
  }
  std::optional<Dtype> dtype;
  if (third) dtype = dtype_of(pickle.global(ids[6]), where);
  return strided(pickle, *call.arguments, dtype,
                 storage(pickle, ids[0], storages, bytes, where, limits), where, limits);
}

}  // namespace attngraph
