#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/limits.hpp"
#include "formats/read_options.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// The header of an NPY array, syntactically right but not yet held against the data. The format:
/// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
struct NpyHeader {
  /// 1, 2 or 3.
  int version = 0;
  /// NumPy's name of the number type, such as `<f4`; `[…]` for records.
  std::string descr;
  bool fortran_order = false;
  Shape shape;
  /// Where the numbers begin.
  std::size_t data_offset = 0;
};

/// @throws InputError for anything but the literal that NumPy writes: other, missing or duplicate
///   keys, expressions, a length beyond the file or 64 KiB
NpyHeader npy_header(std::span<const std::byte> bytes, const std::string& where);

/// Whether the bytes begin as an NPY array does.
bool is_npy(std::span<const std::byte> bytes);

/// Why the array is none of numbers that we read: its type, or its shape; nothing where it is one.
std::optional<InputError> not_numbers(const NpyHeader& header, const std::string& where);

/// The numbers, viewed in place. 2-byte void (`<V2`) is bfloat16.
/// @throws InputError for types that are not real numbers, and for too few or too many bytes
Tensor npy_tensor(Bytes bytes, const NpyHeader& header, const std::string& where);

/// Whether the array holds strings (`<U5`, `|S3`).
bool holds_text(const NpyHeader& header);
/// Whether it holds Python objects (`|O`), as a pickle behind the header.
bool holds_objects(const NpyHeader& header);
/// Whether it holds real numbers of a type that is read.
bool holds_numbers(const NpyHeader& header);

/// The strings of a 1-D array.
/// @throws InputError for another shape, too few or too many bytes, or text that is not Unicode
/// @throws LimitError for a string longer than `limits.label`
std::vector<std::string> npy_texts(const Bytes& bytes, const NpyHeader& header,
                                   const std::string& where, const Limits& limits);

/// What was assumed of the number type; empty where nothing was.
std::string npy_note(const NpyHeader& header, const Tensor& tensor, const ReadOptions& options);

/// A file of one NPY array: one tensor without a name, or the arrays in its Python objects.
Dump read_npy(Bytes bytes, const std::string& source, const ReadOptions& options);

}  // namespace attngraph
