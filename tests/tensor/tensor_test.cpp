#include "tensor/tensor.hpp"
#include "tensor/convert_halves.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <numeric>

#include "core/error.hpp"
#include "core/half.hpp"

using namespace attngraph;

namespace {

using Doubles = std::vector<double>;

Tensor counting(Shape shape) {
  Doubles values(std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>()));
  std::iota(values.begin(), values.end(), 0.0);
  return Tensor::from(values, std::move(shape));
}

Tensor of_bytes(const std::string& bytes, Dtype dtype, Shape shape,
                ByteOrder order = ByteOrder::little) {
  return Tensor(Bytes::from(bytes), dtype, std::move(shape), order);
}

}  // namespace

TEST_CASE("every half is the float of its value, side by side, at any place and one by one") {
  constexpr std::size_t count = 65536;
  std::string bytes = "x";  // an odd place
  for (std::size_t bits = 0; bits < count; ++bits) {
    bytes += static_cast<char>(bits & 0xff);
    bytes += static_cast<char>(bits >> 8);
  }
  const Bytes all = Bytes::from(bytes);
  for (const std::size_t used : {count, count - 3}) {
    std::vector<float> floats(used);
    std::vector<double> doubles(used);
    convert_halves(all.data.data() + 1, used, floats.data());
    convert_halves(all.data.data() + 1, used, doubles.data());
    for (std::size_t bits = 0; bits < used; ++bits) {
      const float expected = half_to_float(static_cast<std::uint16_t>(bits));
      const bool same = std::isnan(expected) ? std::isnan(floats[bits]) && std::isnan(doubles[bits])
                                             : std::bit_cast<std::uint32_t>(floats[bits]) ==
                                                       std::bit_cast<std::uint32_t>(expected) &&
                                                   doubles[bits] == expected;
      if (!same) FAIL("half " << bits);
    }
  }
}

TEST_CASE("Numbers of every type are read as their values") {
  using namespace std::string_literals;
  CHECK(of_bytes("\x00\x01\x02"s, Dtype::boolean, {3}).to_doubles() == Doubles{0, 1, 1});
  CHECK(of_bytes("\xff\x7f"s, Dtype::i8, {2}).to_doubles() == Doubles{-1, 127});
  CHECK(of_bytes("\xff"s, Dtype::u8, {1}).to_doubles() == Doubles{255});
  CHECK(of_bytes("\xfe\xff"s, Dtype::i16, {1}).to_doubles() == Doubles{-2});
  CHECK(of_bytes("\x00\x01"s, Dtype::u16, {1}).to_doubles() == Doubles{256});
  CHECK(of_bytes("\xff\xff\xff\xff"s, Dtype::i32, {1}).to_doubles() == Doubles{-1});
  CHECK(of_bytes("\xff\xff\xff\xff"s, Dtype::u32, {1}).to_doubles() == Doubles{4294967295.0});
  CHECK(of_bytes(std::string(8, '\xff'), Dtype::i64, {1}).to_doubles() == Doubles{-1});
  CHECK(of_bytes("\0\0\0\0\0\0\0\x80"s, Dtype::u64, {1}).to_doubles() == Doubles{0x1p63});
  CHECK(of_bytes("\x00\x3c"s, Dtype::f16, {1}).to_doubles() == Doubles{1});
  CHECK(of_bytes("\x80\x3f"s, Dtype::bf16, {1}).to_doubles() == Doubles{1});
  CHECK(of_bytes("\x00\x00\x00\x3f"s, Dtype::f32, {1}).to_doubles() == Doubles{0.5});
  CHECK(of_bytes("\0\0\0\0\0\0\xe0\x3f"s, Dtype::f64, {1}).to_doubles() == Doubles{0.5});
}

TEST_CASE("Numbers of several pages are read in their order, side by side and apart") {
  constexpr std::size_t count = 5003;
  std::string little, big;
  for (std::size_t i = 0; i < count; ++i) {
    little += {static_cast<char>(i & 0xff), static_cast<char>(i >> 8)};
    big += {static_cast<char>(i >> 8), static_cast<char>(i & 0xff)};
  }
  const Doubles expected = counting({count}).to_doubles();
  CHECK(of_bytes(little, Dtype::u16, {count}).to_doubles() == expected);
  CHECK(of_bytes(big, Dtype::u16, {count}, ByteOrder::big).to_doubles() == expected);
  const Tensor doubles = counting({count, 2});
  const Doubles seconds = doubles.at(1, 1).to_doubles();
  for (std::size_t i = 0; i < count; ++i) REQUIRE(seconds[i] == 2 * expected[i] + 1);
}

TEST_CASE("Big-endian numbers are turned round") {
  using namespace std::string_literals;
  CHECK(of_bytes("\x3f\x00\x00\x00"s, Dtype::f32, {1}, ByteOrder::big).to_doubles() ==
        Doubles{0.5});
  CHECK(of_bytes("\x3c\x00"s, Dtype::f16, {1}, ByteOrder::big).to_doubles() == Doubles{1});
  CHECK(of_bytes("\x01\x00"s, Dtype::u16, {1}, ByteOrder::big).to_doubles() == Doubles{256});
  CHECK(of_bytes("\x00\x00\x00\x3f"s, Dtype::f32, {1}, ByteOrder::big).native<float>() == nullptr);
}

TEST_CASE("Fixing an axis leaves the others") {
  const Tensor tensor = counting({2, 3, 4});
  CHECK(tensor.at(0, 1).shape() == Shape{3, 4});
  CHECK(tensor.at(0, 1).at(0, 2).to_doubles() == Doubles{20, 21, 22, 23});
  CHECK(tensor.at(2, 1).to_doubles() == Doubles{1, 5, 9, 13, 17, 21});
  CHECK(tensor.at(1, 0).to_doubles() == Doubles{0, 1, 2, 3, 12, 13, 14, 15});
}

TEST_CASE("A slice keeps the rank") {
  const Tensor slice = counting({3, 4}).slice(1, 1, 2);
  CHECK(slice.shape() == Shape{3, 2});
  CHECK(slice.to_doubles() == Doubles{1, 2, 5, 6, 9, 10});
  CHECK(slice.native<double>() == nullptr);
}

TEST_CASE("Permuted axes and Fortran order read alike") {
  const std::array<std::size_t, 2> swapped{1, 0};
  CHECK(counting({2, 3}).permuted(swapped).to_doubles() == Doubles{0, 3, 1, 4, 2, 5});
  const Doubles memory{0, 3, 1, 4, 2, 5};
  std::string bytes(48, '\0');
  std::memcpy(bytes.data(), memory.data(), 48);
  const Tensor fortran(Bytes::from(bytes), Dtype::f64, {2, 3}, ByteOrder::little, {8, 16});
  CHECK(fortran.to_doubles() == Doubles{0, 1, 2, 3, 4, 5});
}

TEST_CASE("An axis of length one can be put in anywhere") {
  const Tensor tensor = counting({2, 3});
  CHECK(tensor.with_axis(0).shape() == Shape{1, 2, 3});
  CHECK(tensor.with_axis(2).shape() == Shape{2, 3, 1});
  CHECK(tensor.with_axis(1).at(0, 1).to_doubles() == Doubles{3, 4, 5});
}

TEST_CASE("uint16 can be read as bfloat16") {
  const Tensor stored = of_bytes(std::string("\x80\x3f\x00\x40", 4), Dtype::u16, {2});
  CHECK(stored.reinterpreted(Dtype::bf16).to_doubles() == Doubles{1, 2});
}

TEST_CASE("Misaligned numbers are handed out as bytes in place, but not as numbers") {
  const double value = 0.25;
  std::string bytes(9, '\0');
  std::memcpy(bytes.data() + 1, &value, 8);
  const Bytes whole = Bytes::from(bytes);
  const Tensor tensor({whole.owner, whole.data.subspan(1)}, Dtype::f64, {1});
  CHECK(tensor.to_doubles() == Doubles{0.25});
  CHECK(tensor.native<double>() == nullptr);
  CHECK(tensor.in_place<double>() == whole.data.data() + 1);
  CHECK(tensor.in_place<float>() == nullptr);
}

TEST_CASE("Native numbers are handed out where they lie") {
  const Tensor tensor = counting({2, 3});
  REQUIRE(tensor.native<double>() != nullptr);
  CHECK(tensor.at(0, 1).native<double>()[2] == 5);
  CHECK(tensor.native<float>() == nullptr);
}

TEST_CASE("Names of number types") {
  CHECK(dtype_named("bfloat16") == Dtype::bf16);
  CHECK(dtype_named("f32") == Dtype::f32);
  CHECK(dtype_name(Dtype::f16) == "float16");
  CHECK(dtype_size(Dtype::bf16) == 2);
  CHECK(is_floating(Dtype::f16));
  CHECK_FALSE(is_floating(Dtype::u64));
  CHECK_THROWS_AS(dtype_named("float8"), ArgumentError);
  CHECK(shape_text({6, 12, 8}) == "[6, 12, 8]");
}

TEST_CASE("Permuting twice by inverse orders changes nothing") {
  CHECK(rc::check("inverse", [] {
    const auto extent = rc::gen::inRange<std::size_t>(1, 5);
    const Shape shape{*extent, *extent, *extent};
    const std::array<std::size_t, 3> order{2, 0, 1};
    const std::array<std::size_t, 3> inverse{1, 2, 0};
    const Tensor tensor = counting(shape);
    RC_ASSERT(tensor.permuted(order).permuted(inverse).to_doubles() == tensor.to_doubles());
  }));
}
