#include "formats/objects/torch/torch_tensor.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/checked.hpp"
#include "formats/objects/torch/torch_legacy.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::string_view utils = "torch._utils._rebuild_";
constexpr std::string_view from_type = "torch._tensor._rebuild_from_type_v2";

[[noreturn]] void refuse(const std::string& where, const std::string& problem) {
  throw InputError(where, problem, "the file is damaged; save it again with torch.save");
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

/// The function and the arguments that stand inside those of a parameter or of a typed tensor.
struct Call {
  std::string_view function;
  const PickleItems* arguments;
};

std::optional<Call> inside(const Pickle& pickle, const Call& call, const std::string& where) {
  if (call.function == from_type || call.function == "torch._utils._rebuild_from_type") {
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

/// A tensor of a class of its own, which detach() and cpu() keep.
[[noreturn]] void refuse_class(std::string_view type, const std::string& where) {
  const char* const cure = type.ends_with(".DTensor")        ? "save tensor.full_tensor()"
                           : type.ends_with(".MaskedTensor") ? "save tensor.to_tensor(0)"
                                                             : "save a plain tensor of its numbers";
  throw NoNumbers(where, "is a " + in_quotes(type) + ", expected a plain tensor", cure);
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
                  "save a plain tensor of its numbers");
}

}  // namespace

bool makes_torch_tensor(std::string_view function) {
  return function.starts_with(utils) || function == from_type;
}

TorchTensors::Storage TorchTensors::storage(PickleId id, const std::string& where) {
  if (const auto persistent = pickle_.persistent(id)) {
    const StorageName name = storage_name(pickle_, *persistent, where);
    require_numbers(name, where);
    return {storages_.storage(name, where), name.dtype, storages_.order()};
  }
  const PickleObject* object = pickle_.object(id);
  if (!object || pickle_.global(object->callable) != "torch.storage._load_from_bytes") {
    refuse(where, "its storage is named by no persistent id");
  }
  const PickleItems* arguments = pickled_arguments(pickle_, *object, 1);
  const auto file = arguments ? bytes_.at(arguments->ids[0], where) : std::nullopt;
  if (!file) refuse(where, "its storage is no bytes");
  auto known = files_.find(file->data.data());
  if (known == files_.end()) {
    known = files_.emplace(file->data.data(), legacy_storage(*file, where, limits_)).first;
  }
  const auto& [content, name] = known->second;
  require_numbers(name, where);
  return {content, name.dtype, ByteOrder::little};
}

// The arguments are storage, offset, size, stride, and perhaps more.
Tensor TorchTensors::strided(const PickleItems& arguments, std::optional<Dtype> dtype,
                             const std::string& where) {
  Storage stored = storage(arguments.ids[0], where);
  const auto offset = pickle_.integer(arguments.ids[1]);
  const auto shape = pickled_shape(pickle_, arguments.ids[2]);
  const auto strides = pickled_shape(pickle_, arguments.ids[3]);
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
  if (size > stored.bytes.data.size()) require_memory(size, limits_, where);
  std::vector<std::ptrdiff_t> byte_strides;
  for (std::size_t axis = 0; axis < shape->size(); ++axis) {
    const std::size_t stride = (*shape)[axis] == 1 ? 0 : (*strides)[axis] * item;
    byte_strides.push_back(static_cast<std::ptrdiff_t>(stride));
  }
  Bytes bytes = std::move(stored.bytes);
  bytes.data = bytes.data.subspan(begin * item);
  return Tensor(std::move(bytes), *dtype, *shape, stored.order, std::move(byte_strides));
}

Tensor TorchTensors::at(const PickleObject& object, const std::string& where) {
  const Call call = innermost(pickle_, object, where);
  const bool third = call.function == "torch._utils._rebuild_tensor_v3";
  if (!third && call.function != "torch._utils._rebuild_tensor" &&
      call.function != "torch._utils._rebuild_tensor_v2") {
    const auto& first = call.arguments->ids;
    const auto type = first.empty() ? std::string_view() : pickle_.global(first[0]);
    const bool is_wrapper = call.function == "torch._utils._rebuild_wrapper_subclass";
    is_wrapper && !type.empty() ? refuse_class(type, where) : refuse_kind(call.function, where);
  }
  const auto& ids = call.arguments->ids;
  if (ids.size() < (third ? 7 : 4)) refuse(where, "a tensor with too few arguments");
  const std::size_t metadata = third ? 7 : 6;
  if (ids.size() > metadata && !pickle_.is_none(ids[metadata])) {
    const PickleItems* bits = pickle_.items(ids[metadata], PickleItemsKind::dict);
    if (bits == nullptr || !bits->ids.empty()) {
      const bool conjugate =
          bits != nullptr && pickle_.text(bits->ids[0]) == std::string_view("conj");
      throw NoNumbers(where, "is a view with its conjugate or negative bit set",
                      conjugate ? complex_hint : "save tensor.resolve_neg()");
    }
  }
  std::optional<Dtype> dtype;
  if (third) dtype = torch_dtype(pickle_.global(ids[6]), where);
  return strided(*call.arguments, dtype, where);
}

}  // namespace attngraph
