// Numbers of a file turned into float or double.
//
// Numbers that lie side by side in this machine's byte order, almost all of them, go through loops
// with a constant stride, which the compiler turns into vector instructions. The rest goes through
// the same loops with any stride. Numbers of a file are read a page at a time, while the next one
// is fetched. Cost: one pass.

#include "tensor/convert.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <utility>

#include "core/half.hpp"
#include "tensor/convert_halves.hpp"

namespace attngraph {
namespace {

/// Members of an archive need not be aligned, so numbers are copied out, never pointed at.
template <typename Bits, ByteOrder order>
Bits load(const std::byte* at) {
  if constexpr (order == ByteOrder::little || sizeof(Bits) == 1) {
    Bits bits;
    std::memcpy(&bits, at, sizeof(Bits));
    return bits;
  } else {
    std::array<std::byte, sizeof(Bits)> raw;
    std::memcpy(raw.data(), at, sizeof(Bits));
    for (std::size_t i = 0; i < sizeof(Bits) / 2; ++i) std::swap(raw[i], raw[sizeof(Bits) - 1 - i]);
    return std::bit_cast<Bits>(raw);
  }
}

/// What the bits of a number mean.
struct Itself {
  template <typename Bits>
  Bits operator()(Bits bits) const {
    return bits;
  }
};
struct Half {
  float operator()(std::uint16_t bits) const { return half_to_float(bits); }
};
struct BFloat16 {
  float operator()(std::uint16_t bits) const { return bfloat16_to_float(bits); }
};
struct Truth {
  bool operator()(std::uint8_t bits) const { return bits != 0; }
};

template <typename Bits, ByteOrder order, typename Meaning, typename Out>
void convert_in_order(const StoredNumbers& numbers, Out* out, Meaning meaning) {
  const std::byte* from = numbers.first;
  if (numbers.stride == static_cast<std::ptrdiff_t>(sizeof(Bits))) {
    for (std::size_t i = 0; i < numbers.count; ++i) {
      out[i] = static_cast<Out>(meaning(load<Bits, order>(from + i * sizeof(Bits))));
    }
    return;
  }
  for (std::size_t i = 0; i < numbers.count; ++i, from += numbers.stride) {
    out[i] = static_cast<Out>(meaning(load<Bits, order>(from)));
  }
}

template <typename Bits, typename Out, typename Meaning = Itself>
void convert_as(const StoredNumbers& numbers, Out* out, Meaning meaning = {}) {
  static_assert(std::endian::native == std::endian::little);
  if (numbers.order == ByteOrder::little) {
    convert_in_order<Bits, ByteOrder::little>(numbers, out, meaning);
  } else {
    convert_in_order<Bits, ByteOrder::big>(numbers, out, meaning);
  }
}

template <typename Out>
void convert_some(const StoredNumbers& numbers, Out* out) {
  if (numbers.dtype == Dtype::f16 && numbers.order == ByteOrder::little &&
      numbers.stride == sizeof(std::uint16_t)) {
    return convert_halves(numbers.first, numbers.count, out);
  }
  switch (numbers.dtype) {
    case Dtype::boolean:
      return convert_as<std::uint8_t>(numbers, out, Truth{});
    case Dtype::i8:
      return convert_as<std::int8_t>(numbers, out);
    case Dtype::u8:
      return convert_as<std::uint8_t>(numbers, out);
    case Dtype::i16:
      return convert_as<std::int16_t>(numbers, out);
    case Dtype::u16:
      return convert_as<std::uint16_t>(numbers, out);
    case Dtype::i32:
      return convert_as<std::int32_t>(numbers, out);
    case Dtype::u32:
      return convert_as<std::uint32_t>(numbers, out);
    case Dtype::i64:
      return convert_as<std::int64_t>(numbers, out);
    case Dtype::u64:
      return convert_as<std::uint64_t>(numbers, out);
    case Dtype::f16:
      return convert_as<std::uint16_t>(numbers, out, Half{});
    case Dtype::bf16:
      return convert_as<std::uint16_t>(numbers, out, BFloat16{});
    case Dtype::f32:
      return convert_as<float>(numbers, out);
    case Dtype::f64:
      return convert_as<double>(numbers, out);
  }
}

/// Has the beginning of what lies behind `at` fetched. The processor's own guesses end with a page,
/// and begin again where something of the next one is asked for.
void fetch_beginning(const std::byte* at) {
  constexpr std::size_t line = 64, lines = 8;
  for (std::size_t i = 0; i < lines; ++i) __builtin_prefetch(at + i * line, 0, 2);
}

}  // namespace

template <typename Out>
void convert(const StoredNumbers& numbers, Out* out) {
  constexpr std::size_t page = 4096;
  const std::size_t size = dtype_size(numbers.dtype);
  const bool side_by_side = numbers.stride == static_cast<std::ptrdiff_t>(size);
  const std::size_t together = side_by_side ? page / size : numbers.count;
  StoredNumbers some = numbers;
  for (std::size_t first = 0; first < numbers.count; first += some.count) {
    some.first = numbers.first + static_cast<std::ptrdiff_t>(first) * numbers.stride;
    some.count = std::min(together, numbers.count - first);
    if (side_by_side) fetch_beginning(some.first + page);
    convert_some(some, out + first);
  }
}

template void convert<float>(const StoredNumbers&, float*);
template void convert<double>(const StoredNumbers&, double*);

}  // namespace attngraph
