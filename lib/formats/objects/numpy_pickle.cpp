#include "formats/objects/numpy_pickle.hpp"

#include <algorithm>
#include <utility>

#include "core/checked.hpp"
#include "core/text/number_text.hpp"
#include "formats/arrays/npy.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::string_view masked = "numpy.ma.core._mareconstruct";

[[noreturn]] void refuse(const std::string& where, const std::string& problem) {
  throw InputError(where, "is an array of NumPy " + problem,
                   "save it again with numpy.save or numpy.savez");
}

[[noreturn]] void refuse_type(std::string_view name, const std::string& where) {
  throw NoNumbers(where, "holds " + in_quotes(name) + ", a type that is not read",
                  "save it as float32: array.astype('float32')");
}

/// `numpy.core.` and, since NumPy 2, `numpy._core.`.
bool is_of_core(std::string_view name, std::string_view function) {
  for (const std::string_view core : {"numpy.core.", "numpy._core."}) {
    if (name.starts_with(core) && name.substr(core.size()) == function) return true;
  }
  return false;
}

/// What an array is made of, before it is known to fit.
struct Parts {
  PickleId shape;
  PickleId dtype;
  bool fortran_order;
  PickleId data;
  /// The axes in the order of their strides, where it is neither C nor Fortran order.
  std::optional<PickleId> axis_order;
};

/// Whether it is the type of strings of any length, which are pickled as Python's.
bool is_string_type(const Pickle& pickle, const PickleObject* dtype) {
  return dtype != nullptr &&
         is_of_core(pickle.global(dtype->callable), "_internal._convert_to_stringdtype_kwargs");
}

/// NumPy's name of the type, such as `<f4`, from `dtype('f4')` and its state (3, '<', …).
std::string descr(const Pickle& pickle, PickleId id, const std::string& where) {
  const PickleObject* dtype = pickle.object(id);
  if (is_string_type(pickle, dtype)) return "|O";
  const PickleItems* arguments = dtype ? pickled_arguments(pickle, *dtype, 1) : nullptr;
  if (arguments == nullptr) refuse(where, "whose type is no numpy.dtype");
  const std::string_view maker = pickle.global(dtype->callable);
  if (maker != "numpy.dtype") refuse_type(maker, where);
  const std::string_view type_class = pickle.global(arguments->ids[0]);
  if (type_class == "ml_dtypes.bfloat16") return "bfloat16";
  const PickleItems* state = dtype->state ? pickle.items(*dtype->state) : nullptr;
  if (state == nullptr || state->ids.size() < 5) refuse(where, "whose type says no byte order");
  const auto version = pickle.integer(state->ids[0]);
  if (!version || *version < 0 || *version > 4) {
    refuse(where, "whose type is of an unknown version, expected 3 or 4");
  }
  if (!pickle.is_none(state->ids[3])) {
    throw NoNumbers(where, "holds records, expected numbers",
                    "save each field as an array of its own");
  }
  if (!type_class.empty()) refuse_type(type_class, where);
  const auto code = pickle.text(arguments->ids[0]);
  const auto order = pickle.text(state->ids[1]);
  if (!code || !order) refuse(where, "whose type says no byte order");
  return std::string(*order) + std::string(*code);
}

Parts parts_of_state(const Pickle& pickle, const PickleObject& object, const std::string& where) {
  const PickleItems* state = object.state ? pickle.items(*object.state) : nullptr;
  if (state == nullptr || state->ids.size() != 5 || !pickle.boolean(state->ids[3])) {
    refuse(where, "whose state is not (version, shape, type, order, data)");
  }
  const auto& ids = state->ids;
  const auto version = pickle.integer(ids[0]);
  if (!version || *version < 0 || *version > 1) refuse(where, "of an unknown version, expected 1");
  return {ids[1], ids[2], *pickle.boolean(ids[3]), ids[4], {}};
}

Parts parts_of_buffer(const Pickle& pickle, const PickleObject& object, const std::string& where) {
  const PickleItems* arguments = pickled_arguments(pickle, object, 4);
  if (arguments == nullptr) refuse(where, "that says no order C or F");
  const auto& ids = arguments->ids;
  const auto order = pickle.text(ids[3]);
  if (!order || (*order != "C" && *order != "F" && *order != "K")) {
    refuse(where, "that says no order C or F");
  }
  Parts parts{ids[2], ids[1], *order == "F", ids[0], {}};
  if (*order == "K" && ids.size() > 4 && !pickle.is_none(ids[4])) parts.axis_order = ids[4];
  return parts;
}

ObjectArray objects(const Pickle& pickle, const Parts& parts, Shape shape,
                    const std::string& where) {
  const PickleItems* items = pickle.items(parts.data, PickleItemsKind::list);
  if (parts.fortran_order && shape.size() > 1) {
    throw InputError(where, "is an array of objects in Fortran order, expected C",
                     "save numpy.ascontiguousarray(array)");
  }
  if (items == nullptr || checked_product(shape) != items->ids.size()) {
    refuse(where, "of objects that does not hold as many as its shape " + shape_text(shape));
  }
  return {std::move(shape), parts.data};
}

Tensor permuted(const Tensor& tensor, const Pickle& pickle, PickleId order,
                const std::string& where) {
  const auto axes = pickled_shape(pickle, order);
  std::vector<bool> seen(tensor.rank());
  for (const std::size_t axis : axes.value_or(Shape{})) {
    if (axis < seen.size()) seen[axis] = true;
  }
  if (!axes || axes->size() != seen.size() || std::count(seen.begin(), seen.end(), false) > 0) {
    refuse(where, "whose order of axes is none");
  }
  return tensor.permuted(*axes);
}

/// The numbers; a type that has none is no fault of the other arrays.
Tensor numbers(const Bytes& data, const NpyHeader& header, const std::string& where) {
  if (holds_numbers(header)) return npy_tensor(data, header, where);
  try {
    return npy_tensor(data, header, where);
  } catch (const InputError& error) {
    throw NoNumbers(error.where(), error.problem(), error.hint());
  }
}

/// A scalar as an array of one item; nothing for another object, or one of another kind.
std::optional<RawArray> scalar_of(const Pickle& pickle, const PickleObject& object,
                                  PickledBytes& bytes, const std::string& where) {
  if (!is_of_core(pickle.global(object.callable), "multiarray.scalar")) return std::nullopt;
  const PickleItems* parts = pickle.items(object.arguments, PickleItemsKind::tuple);
  if (parts == nullptr || parts->ids.size() != 2) return std::nullopt;
  try {
    const NpyHeader header{0, descr(pickle, parts->ids[0], where), false, {1}, 0};
    const auto data = holds_objects(header) ? std::nullopt : bytes.at(parts->ids[1], where);
    if (!data) return std::nullopt;
    return RawArray{*data, header};
  } catch (const InputError&) {  // nobody asked for it
    return std::nullopt;
  }
}

/// Nothing where it holds none.
std::optional<double> number_of(const RawArray& scalar, const std::string& where) {
  if (holds_text(scalar.header)) return std::nullopt;
  try {
    return numbers(scalar.bytes, scalar.header, where).to_doubles().front();
  } catch (const InputError&) {  // nobody asked for it
    return std::nullopt;
  }
}

}  // namespace

bool is_numpy_scalar(std::string_view function) {
  return function == "numpy.dtype" || is_of_core(function, "multiarray.scalar");
}

bool makes_numpy_array(std::string_view function) {
  return function == masked || is_of_core(function, "multiarray._reconstruct") ||
         is_of_core(function, "numeric._frombuffer");
}

NumpyArray numpy_array(const Pickle& pickle, const PickleObject& object, PickledBytes& bytes,
                       const std::string& where) {
  if (pickle.global(object.callable) == masked) {
    throw NoNumbers(where, "is a masked array of NumPy, expected a plain one",
                    "save array.filled(0)");
  }
  const bool buffer = is_of_core(pickle.global(object.callable), "numeric._frombuffer");
  const Parts parts =
      buffer ? parts_of_buffer(pickle, object, where) : parts_of_state(pickle, object, where);
  const auto shape = pickled_shape(pickle, parts.shape);
  if (!shape) refuse(where, "whose shape is no tuple of whole numbers");
  const NpyHeader header{0, descr(pickle, parts.dtype, where), parts.fortran_order, *shape, 0};
  if (holds_objects(header)) return objects(pickle, parts, *shape, where);
  if (std::find(shape->begin(), shape->end(), 0u) != shape->end()) {
    throw NoNumbers(where, "is empty: shape " + shape_text(*shape));
  }
  const auto data = bytes.at(parts.data, where);
  if (!data) refuse(where, "whose data are no bytes");
  if (holds_text(header) && shape->size() == 1) return RawArray{*data, header};
  Tensor tensor = numbers(*data, header, where);
  if (!parts.axis_order) return tensor;
  return permuted(tensor, pickle, *parts.axis_order, where);
}

std::optional<double> numpy_number(const Pickle& pickle, const PickleObject& object,
                                   PickledBytes& bytes, const std::string& where) {
  const auto scalar = scalar_of(pickle, object, bytes, where);
  return scalar ? number_of(*scalar, where) : std::nullopt;
}

std::optional<std::string> numpy_text(const Pickle& pickle, const PickleObject& object,
                                      PickledBytes& bytes, const std::string& where) {
  const auto scalar = scalar_of(pickle, object, bytes, where);
  if (!scalar) return std::nullopt;
  if (const auto number = number_of(*scalar, where)) return number_text(*number);
  if (!holds_text(scalar->header)) return std::nullopt;
  try {
    return npy_texts(scalar->bytes, scalar->header, where, bytes.limits()).front();
  } catch (const InputError&) {
    return std::nullopt;
  }
}

}  // namespace attngraph
