#include "tensor/tensor.hpp"

#include <sys/mman.h>

#include <array>
#include <bit>
#include <cassert>
#include <cstring>
#include <numeric>
#include <utility>

#include "core/error.hpp"
#include "tensor/convert.hpp"

namespace attngraph {
namespace {

struct DtypeName {
  Dtype dtype;
  std::size_t size;
  std::string_view name;
  std::string_view short_name;
};

constexpr std::array<DtypeName, 13> dtype_names{{
    {Dtype::boolean, 1, "bool", "b1"},
    {Dtype::i8, 1, "int8", "i8"},
    {Dtype::u8, 1, "uint8", "u8"},
    {Dtype::i16, 2, "int16", "i16"},
    {Dtype::u16, 2, "uint16", "u16"},
    {Dtype::i32, 4, "int32", "i32"},
    {Dtype::u32, 4, "uint32", "u32"},
    {Dtype::i64, 8, "int64", "i64"},
    {Dtype::u64, 8, "uint64", "u64"},
    {Dtype::f16, 2, "float16", "f16"},
    {Dtype::bf16, 2, "bfloat16", "bf16"},
    {Dtype::f32, 4, "float32", "f32"},
    {Dtype::f64, 8, "float64", "f64"},
}};

const DtypeName& entry(Dtype dtype) { return dtype_names.at(static_cast<std::size_t>(dtype)); }

std::vector<std::ptrdiff_t> c_strides(const Shape& shape, std::size_t item) {
  std::vector<std::ptrdiff_t> strides(shape.size());
  auto stride = static_cast<std::ptrdiff_t>(item);
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    strides[axis] = stride;
    stride *= static_cast<std::ptrdiff_t>(shape[axis]);
  }
  return strides;
}

/// Where the last number ends; a stride of 0 reaches no further.
[[maybe_unused]] std::size_t last_byte(const Shape& shape,
                                       const std::vector<std::ptrdiff_t>& strides, Dtype dtype) {
  std::size_t last = dtype_size(dtype);
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    last += (shape[axis] - 1) * static_cast<std::size_t>(strides[axis]);
  }
  return last;
}

/// Takes whole pages of a mapped file out of this process's memory; they stay in the page cache and
/// come back when they are read again. A few of them are not worth the call.
void give_back(std::span<const std::byte> read) {
  constexpr std::uintptr_t page = 4096;
  constexpr std::uintptr_t worth_it = std::uintptr_t{1} << 16;
  const auto begin = reinterpret_cast<std::uintptr_t>(read.data());
  const std::uintptr_t first = (begin + page - 1) / page * page;
  const std::uintptr_t end = (begin + read.size()) / page * page;
  if (first + worth_it > end) return;
  madvise(reinterpret_cast<void*>(first), end - first, MADV_DONTNEED);
}

template <typename T>
Tensor owning(std::vector<T> values, Shape shape, Dtype dtype) {
  auto owner = std::make_shared<std::vector<T>>(std::move(values));
  const auto data = std::as_bytes(std::span<const T>(*owner));
  return Tensor({std::move(owner), data}, dtype, std::move(shape));
}

}  // namespace

Bytes Bytes::from(std::string text) {
  auto owner = std::make_shared<std::string>(std::move(text));
  const auto data = std::as_bytes(std::span<const char>(*owner));
  return {std::move(owner), data};
}

void Bytes::give_pages_back() const {
  constexpr std::size_t may_stay = std::size_t{256} << 20;
  if (mapped > may_stay) give_back(data);
}

std::size_t dtype_size(Dtype dtype) { return entry(dtype).size; }

std::string_view dtype_name(Dtype dtype) { return entry(dtype).name; }

Dtype dtype_named(std::string_view name) {
  for (const auto& candidate : dtype_names) {
    if (name == candidate.name || name == candidate.short_name) return candidate.dtype;
  }
  throw ArgumentError("$dtype", "no number type is called '" + std::string(name) + "'",
                      "use float16, bfloat16, float32, float64 or an integer type such as uint8");
}

bool is_floating(Dtype dtype) { return dtype >= Dtype::f16; }

bool is_single(Dtype dtype) { return is_floating(dtype) && dtype != Dtype::f64; }

std::string shape_text(const Shape& shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (i > 0) text += ", ";
    text += std::to_string(shape[i]);
  }
  return text + "]";
}

Tensor::Tensor(Bytes bytes, Dtype dtype, Shape shape, ByteOrder order,
               std::vector<std::ptrdiff_t> strides)
    : bytes_(std::move(bytes)),
      dtype_(dtype),
      order_(order),
      shape_(std::move(shape)),
      strides_(strides.empty() ? c_strides(shape_, dtype_size(dtype)) : std::move(strides)) {
  assert(strides_.size() == shape_.size());
  assert(last_byte(shape_, strides_, dtype) <= bytes_.data.size());
}

Tensor Tensor::from(std::vector<double> values, Shape shape) {
  return owning(std::move(values), std::move(shape), Dtype::f64);
}

Tensor Tensor::from(std::vector<float> values, Shape shape) {
  return owning(std::move(values), std::move(shape), Dtype::f32);
}

std::size_t Tensor::size() const {
  return std::accumulate(shape_.begin(), shape_.end(), std::size_t{1}, std::multiplies<>());
}

Tensor Tensor::at(std::size_t axis, std::size_t index) const {
  Tensor view = slice(axis, index, 1);
  view.shape_.erase(view.shape_.begin() + static_cast<std::ptrdiff_t>(axis));
  view.strides_.erase(view.strides_.begin() + static_cast<std::ptrdiff_t>(axis));
  return view;
}

Tensor Tensor::slice(std::size_t axis, std::size_t begin, std::size_t count) const {
  assert(axis < rank() && begin + count <= shape_[axis]);
  Tensor view = *this;
  view.offset_ += static_cast<std::ptrdiff_t>(begin) * strides_[axis];
  view.shape_[axis] = count;
  return view;
}

Tensor Tensor::permuted(std::span<const std::size_t> order) const {
  assert(order.size() == rank());
  Tensor view = *this;
  for (std::size_t axis = 0; axis < rank(); ++axis) {
    view.shape_[axis] = shape_[order[axis]];
    view.strides_[axis] = strides_[order[axis]];
  }
  return view;
}

Tensor Tensor::with_axis(std::size_t axis) const {
  assert(axis <= rank());
  Tensor view = *this;
  view.shape_.insert(view.shape_.begin() + static_cast<std::ptrdiff_t>(axis), 1);
  view.strides_.insert(view.strides_.begin() + static_cast<std::ptrdiff_t>(axis), 0);
  return view;
}

Tensor Tensor::reinterpreted(Dtype dtype) const {
  assert(dtype_size(dtype) == dtype_size(dtype_));
  Tensor view = *this;
  view.dtype_ = dtype;
  return view;
}

bool Tensor::is_c_order() const {
  auto stride = static_cast<std::ptrdiff_t>(dtype_size(dtype_));
  for (std::size_t axis = rank(); axis-- > 0;) {
    if (shape_[axis] != 1 && strides_[axis] != stride) return false;
    stride *= static_cast<std::ptrdiff_t>(shape_[axis]);
  }
  return true;
}

Bytes Tensor::own_bytes() const {
  return {bytes_.owner, bytes_.data.subspan(offset_, size() * dtype_size(dtype_)), bytes_.mapped};
}

template <typename Out>
void Tensor::copy_axes(std::size_t axis, std::ptrdiff_t offset, Out*& out) const {
  if (axis + 1 == rank()) {
    convert<Out>({bytes_.data.data() + offset, dtype_, order_, strides_[axis], shape_[axis]}, out);
    out += shape_[axis];
    return;
  }
  for (std::size_t i = 0; i < shape_[axis]; ++i) {
    copy_axes(axis + 1, offset + static_cast<std::ptrdiff_t>(i) * strides_[axis], out);
  }
}

template <typename Out>
void Tensor::copy_numbers(std::span<Out> out) const {
  assert(out.size() == size());
  if (out.empty()) return;
  if (is_c_order()) {
    const auto stride = static_cast<std::ptrdiff_t>(dtype_size(dtype_));
    convert<Out>({bytes_.data.data() + offset_, dtype_, order_, stride, size()}, out.data());
    give_pages_back();
    return;
  }
  Out* place = out.data();
  copy_axes(0, offset_, place);
}

void Tensor::copy_to(std::span<double> out) const { copy_numbers(out); }
void Tensor::copy_to(std::span<float> out) const { copy_numbers(out); }

std::vector<double> Tensor::to_doubles() const {
  std::vector<double> values(size());
  copy_to(values);
  return values;
}

template <typename T>
const std::byte* Tensor::in_place() const {
  static_assert(std::endian::native == std::endian::little);
  const Dtype wanted = std::is_same_v<T, float> ? Dtype::f32 : Dtype::f64;
  if (dtype_ != wanted || order_ != ByteOrder::little || !is_c_order()) return nullptr;
  return bytes_.data.data() + offset_;
}

template <typename T>
const T* Tensor::native() const {
  const std::byte* at = in_place<T>();
  if (reinterpret_cast<std::uintptr_t>(at) % alignof(T) != 0) return nullptr;
  return reinterpret_cast<const T*>(at);
}

void Tensor::give_pages_back() const {
  if (is_c_order()) own_bytes().give_pages_back();
}

template const std::byte* Tensor::in_place<float>() const;
template const std::byte* Tensor::in_place<double>() const;
template const float* Tensor::native<float>() const;
template const double* Tensor::native<double>() const;

}  // namespace attngraph
