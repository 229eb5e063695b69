#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace attngraph {

/// Read-only bytes and whatever keeps them alive: a mapped file, an inflated member, a vector.
struct Bytes {
  std::shared_ptr<const void> owner;
  std::span<const std::byte> data;
  /// Size of the mapped file they lie in, whose pages can be given back and come again; 0 where
  /// they lie in memory.
  std::size_t mapped = 0;

  /// Bytes that own `text`.
  static Bytes from(std::string text);

  /// Takes them out of this process's memory where they lie in a mapped file that is too large to
  /// stay there. A smaller one stays, so that who reads it again need not fetch it again.
  void give_pages_back() const;
};

/// Number types as files hold them.
enum class Dtype { boolean, i8, u8, i16, u16, i32, u32, i64, u64, f16, bf16, f32, f64 };

/// Bytes per number.
std::size_t dtype_size(Dtype dtype);
/// The usual name: `float16`, `bfloat16`, `int64`, `bool`.
std::string_view dtype_name(Dtype dtype);
/// The dtype of that name (`float32`, `f32`, `bfloat16`, `bf16` …).
/// @throws ArgumentError for another name
Dtype dtype_named(std::string_view name);
bool is_floating(Dtype dtype);
/// float32 or narrower: such numbers are computed with and printed as float32.
bool is_single(Dtype dtype);

enum class ByteOrder { little, big };

using Shape = std::vector<std::size_t>;

/// `[6, 12, 8, 8]`
std::string shape_text(const Shape& shape);

/// Numbers in the dtype of their file, over bytes that are never copied: converting happens where
/// a number is used, and pages of a mapped file are given back behind it. Axes may lie in any order
/// in memory (C or Fortran order, permuted views), and bytes need not be aligned.
class Tensor {
 public:
  Tensor() = default;

  /// C order unless `strides` (in bytes, one per axis) say otherwise. The caller has checked that
  /// the shape fits the bytes.
  Tensor(Bytes bytes, Dtype dtype, Shape shape, ByteOrder order = ByteOrder::little,
         std::vector<std::ptrdiff_t> strides = {});

  /// A tensor that owns `values`, in C order.
  static Tensor from(std::vector<double> values, Shape shape);
  static Tensor from(std::vector<float> values, Shape shape);

  Dtype dtype() const { return dtype_; }
  const Shape& shape() const { return shape_; }
  std::size_t rank() const { return shape_.size(); }
  /// Numbers in the tensor.
  std::size_t size() const;
  bool empty() const { return shape_.empty() && bytes_.data.empty(); }

  /// The view with `axis` fixed at `index`; one axis less.
  Tensor at(std::size_t axis, std::size_t index) const;
  /// The view of `count` indices of `axis` from `begin` on; same rank.
  Tensor slice(std::size_t axis, std::size_t begin, std::size_t count) const;
  /// The view whose axis i is this tensor's axis `order[i]`.
  Tensor permuted(std::span<const std::size_t> order) const;
  /// The view with an axis of length 1 put in before `axis`.
  Tensor with_axis(std::size_t axis) const;
  /// The same bytes read as another dtype of the same size (bfloat16 stored as uint16).
  Tensor reinterpreted(Dtype dtype) const;

  /// All numbers in C order, converted. `out` has size() places.
  void copy_to(std::span<double> out) const;
  void copy_to(std::span<float> out) const;
  std::vector<double> to_doubles() const;

  /// The bytes of the numbers where they lie in memory as native T in C order, aligned or not;
  /// null else. Who has read them calls give_pages_back.
  template <typename T>
  const std::byte* in_place() const;
  /// The numbers themselves where they lie in place and aligned; null else.
  template <typename T>
  const T* native() const;
  /// As Bytes::give_pages_back.
  void give_pages_back() const;

 private:
  Bytes bytes_;
  Dtype dtype_ = Dtype::f64;
  ByteOrder order_ = ByteOrder::little;
  Shape shape_;
  std::vector<std::ptrdiff_t> strides_;
  std::ptrdiff_t offset_ = 0;

  bool is_c_order() const;
  /// Its own bytes, where it is in C order.
  Bytes own_bytes() const;
  template <typename Out>
  void copy_axes(std::size_t axis, std::ptrdiff_t offset, Out*& out) const;
  template <typename Out>
  void copy_numbers(std::span<Out> out) const;
};

}  // namespace attngraph
