#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "formats/arrays/npy.hpp"
#include "formats/objects/pickled_bytes.hpp"

namespace attngraph {

/// An array of Python objects, or of strings of any length: its shape, and the list of its items in
/// C order.
struct ObjectArray {
  Shape shape;
  PickleId list;
};

/// An array of one axis whose strings or numbers are not yet made.
struct RawArray {
  Bytes bytes;
  NpyHeader header;
};

using NumpyArray = std::variant<Tensor, RawArray, ObjectArray>;

/// Whether a function is one that NumPy's arrays are pickled with.
bool makes_numpy_array(std::string_view function);

/// Whether it is one of NumPy's single numbers and types, which hold no arrays.
bool is_numpy_scalar(std::string_view function);

/// The array that such an object stands for: numbers in place, strings, or objects.
/// @throws NoNumbers for complex numbers, dates, records and empty arrays
/// @throws InputError where shape, type and data do not fit each other
NumpyArray numpy_array(const Pickle& pickle, const PickleObject& object, PickledBytes& bytes,
                       const std::string& where);

/// The number that a scalar of NumPy is (`numpy.int64(3)`); nothing for another object.
std::optional<double> numpy_number(const Pickle& pickle, const PickleObject& object,
                                   PickledBytes& bytes, const std::string& where);

/// The text of such a number, or the string that a scalar is (`numpy.str_('a')`).
std::optional<std::string> numpy_text(const Pickle& pickle, const PickleObject& object,
                                      PickledBytes& bytes, const std::string& where);

}  // namespace attngraph
