#include "formats/arrays/npy.hpp"

#include <array>
#include <charconv>
#include <optional>

#include "core/checked.hpp"
#include "core/error.hpp"
#include "core/text/text.hpp"
#include "formats/labels/label_texts.hpp"
#include "formats/objects/pickled_object.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

struct NumberType {
  std::string_view name;
  Dtype dtype;
};

constexpr std::array<NumberType, 14> number_types{{{"b1", Dtype::boolean},
                                                   {"i1", Dtype::i8},
                                                   {"u1", Dtype::u8},
                                                   {"i2", Dtype::i16},
                                                   {"u2", Dtype::u16},
                                                   {"i4", Dtype::i32},
                                                   {"u4", Dtype::u32},
                                                   {"i8", Dtype::i64},
                                                   {"u8", Dtype::u64},
                                                   {"f2", Dtype::f16},
                                                   {"f4", Dtype::f32},
                                                   {"f8", Dtype::f64},
                                                   {"V2", Dtype::bf16},
                                                   {"bfloat16", Dtype::bf16}}};

/// The descr without its byte order.
std::string_view type_of(std::string_view descr) {
  const bool ordered = !descr.empty() && std::string_view("<>|=").find(descr[0]) != descr.npos;
  return descr.substr(ordered ? 1 : 0);
}

std::optional<Dtype> number_type(std::string_view descr) {
  if (descr == "bfloat16") return Dtype::bf16;
  const std::string_view type = type_of(descr);
  if (type.size() == descr.size()) return std::nullopt;
  for (const auto& candidate : number_types) {
    if (type != candidate.name) continue;
    const bool any_order = dtype_size(candidate.dtype) == 1 || type == "V2";
    return any_order || descr[0] == '<' || descr[0] == '>' ? std::optional(candidate.dtype)
                                                           : std::nullopt;
  }
  return std::nullopt;
}

[[noreturn]] void refuse_type(const std::string& descr, const std::string& where) {
  const std::string_view type = type_of(descr);
  const auto fail = [&](const std::string& what, const std::string& hint) {
    throw InputError(where, "the array holds " + what + ", expected numbers", hint);
  };
  if (type == "V1" || type == "f1" || type.starts_with("float8")) {
    fail("float8, of which NPY does not say which one",
         "convert it before saving: array.astype('float32')");
  }
  switch (type.empty() ? '?' : type[0]) {
    case 'c':
      fail("complex numbers", "save the real part, or the absolute values");
      break;
    case 'U':
    case 'S':
    case 'a':
      fail("strings", "labels go into a member 'tokens' of an NPZ file");
      break;
    case 'M':
    case 'm':
      fail("dates or times", "save numbers");
      break;
    case '[':
      fail("records", "save each field as an array of its own");
      break;
    case 'V':
      fail("records of raw bytes", "save each field as an array of its own");
      break;
    default:
      break;
  }
  throw InputError(where, "the number type " + in_quotes(descr) + " is unknown",
                   "save it as float32: numpy.save(file, array.astype('float32'))");
}

Dtype dtype_of(const NpyHeader& header, const std::string& where) {
  const auto dtype = number_type(header.descr);
  if (!dtype) refuse_type(header.descr, where + ": header");
  return *dtype;
}

void require_data(const Bytes& bytes, const NpyHeader& header, std::size_t expected,
                  std::string_view type, const std::string& where) {
  const std::size_t found = bytes.data.size() - header.data_offset;
  if (found == expected) return;
  throw InputError(where + ": data",
                   counted(found, "byte") + ", expected " + std::to_string(expected) + " for " +
                       std::string(type) + " " + shape_text(header.shape),
                   found < expected ? cut_off_hint
                                    : "something follows the array; one .npy file holds one "
                                      "array, numpy.savez saves several");
}

/// The text of one `U` item: UTF-32, padded with zeros.
std::string unicode_text(std::span<const std::byte> item, bool big, const std::string& where) {
  std::string text;
  std::size_t zeros = 0;
  for (std::size_t i = 0; i < item.size(); i += 4) {
    auto code = little_endian<std::uint32_t>(item, i);
    if (big) code = __builtin_bswap32(code);
    if (code == 0) {
      ++zeros;
      continue;
    }
    text.append(zeros, '\0');
    zeros = 0;
    if (!is_character(code)) throw InputError(where, "has a character that is not Unicode");
    append_utf8(text, code);
  }
  return text;
}

std::string byte_text(std::span<const std::byte> item) {
  const std::string_view text = text_of(item);
  const std::size_t last = text.find_last_not_of('\0');
  return std::string(text.substr(0, last == text.npos ? 0 : last + 1));
}

/// Bytes of one string, such as 20 for `<U5`.
std::size_t item_size(const std::string& descr, const std::string& where) {
  const std::string_view digits = type_of(descr).substr(1);
  std::uint32_t count = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (result.ec != std::errc() || result.ptr != digits.data() + digits.size() || count == 0) {
    throw InputError(where + ": header", "the type " + in_quotes(descr) + " is unknown");
  }
  return std::size_t{count} * (type_of(descr)[0] == 'U' ? 4 : 1);
}

}  // namespace

bool holds_text(const NpyHeader& header) {
  const std::string_view type = type_of(header.descr);
  return type.size() > 1 && type.size() < header.descr.size() && (type[0] == 'U' || type[0] == 'S');
}

bool holds_objects(const NpyHeader& header) {
  const std::string_view type = type_of(header.descr);
  return type == "O" || type == "O8" || type == "O4";
}

bool holds_numbers(const NpyHeader& header) { return number_type(header.descr).has_value(); }

bool is_npy(std::span<const std::byte> bytes) { return text_of(bytes).starts_with("\x93NUMPY"); }

std::optional<InputError> not_numbers(const NpyHeader& header, const std::string& where) {
  try {
    shape_bytes(header.shape, dtype_of(header, where), where + ": header");
  } catch (const InputError& error) {
    return error;
  }
  return std::nullopt;
}

Tensor npy_tensor(Bytes bytes, const NpyHeader& header, const std::string& where) {
  const Dtype dtype = dtype_of(header, where);
  const std::size_t size = shape_bytes(header.shape, dtype, where + ": header");
  require_data(bytes, header, size, dtype_name(dtype), where);
  std::vector<std::ptrdiff_t> strides;
  if (header.fortran_order) {
    auto stride = static_cast<std::ptrdiff_t>(dtype_size(dtype));
    for (const std::size_t length : header.shape) {
      strides.push_back(stride);
      stride *= static_cast<std::ptrdiff_t>(length);
    }
  }
  bytes.data = bytes.data.subspan(header.data_offset);
  const auto order = header.descr[0] == '>' ? ByteOrder::big : ByteOrder::little;
  return Tensor(std::move(bytes), dtype, header.shape, order, std::move(strides));
}

std::vector<std::string> npy_texts(const Bytes& bytes, const NpyHeader& header,
                                   const std::string& where, const Limits& limits) {
  if (header.shape.size() != 1) {
    throw InputError(where + ": header",
                     "shape " + shape_text(header.shape) + ", expected one axis of labels");
  }
  const std::size_t item = item_size(header.descr, where);
  const std::size_t count = header.shape[0];
  const auto size = checked_multiply(count, item);
  if (!size) throw InputError(where + ": header", "the shape is larger than any memory");
  require_data(bytes, header, *size, header.descr, where);
  TakenMemory taken(where, limits, held_bytes(bytes), fewer_labels_hint);
  LabelTexts texts(limits, taken);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string place = where + ": [" + std::to_string(i) + "]";
    const auto bytes_of_item = bytes.data.subspan(header.data_offset + i * item, item);
    const bool unicode = type_of(header.descr)[0] == 'U';
    texts.add(unicode ? unicode_text(bytes_of_item, header.descr[0] == '>', place)
                      : byte_text(bytes_of_item),
              place);
  }
  return texts.taken();
}

std::string npy_note(const NpyHeader& header, const Tensor& tensor, const ReadOptions& options) {
  if (tensor.dtype() == Dtype::bf16) return header.descr + " read as bfloat16";
  return integer_note(tensor.dtype(), options);
}

Dump read_npy(Bytes bytes, const std::string& source, const ReadOptions& options) {
  const NpyHeader header = npy_header(bytes.data, source);
  const std::string format = "NPY " + std::to_string(header.version) + ".0";
  if (holds_objects(header)) {
    return read_npy_objects(bytes, header.data_offset, source, format, options);
  }
  Dump dump;
  dump.source = source;
  dump.format = format;
  dump.tensors.push_back({"", npy_tensor(std::move(bytes), header, source)});
  const std::string note = npy_note(header, dump.tensors.front().tensor, options);
  if (!note.empty()) dump.notes.push_back(note);
  return dump;
}

}  // namespace attngraph
