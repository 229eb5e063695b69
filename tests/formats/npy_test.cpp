#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cmath>
#include <cstring>
#include <numeric>

#include "core/error.hpp"
#include "formats/encoders.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::bytes_of;
using test::dump_of;
using test::npy_file;
using test::raw;

namespace {

const Tensor& only(const Dump& dump) {
  REQUIRE(dump.tensors.size() == 1);
  return dump.tensors.front().tensor;
}

std::vector<double> numbers(const std::string& file) {
  const Dump dump = dump_of(file);
  return only(dump).to_doubles();
}

}  // namespace

TEST_CASE("a file that NumPy wrote is read, byte by byte as it stands") {
  // numpy.save of numpy.array([[1, 2.5]], '<f4') by NumPy 1.24
  const std::string file =
      bytes_of(
          "934e554d505901007600 "
          "7b276465736372273a20273c6634272c2027666f727472616e5f6f72646572273a2046"
          "616c73652c20277368617065273a2028312c2032292c207d") +
      std::string(0x76 - 59 - 1, ' ') + "\n" + bytes_of("0000803f 00002040");
  const Dump dump = dump_of(file);
  CHECK(dump.format == "NPY 1.0");
  CHECK(dump.source == "a");
  CHECK(dump.notes.empty());
  CHECK(dump.tensors.front().name.empty());
  CHECK(only(dump).dtype() == Dtype::f32);
  CHECK(only(dump).shape() == Shape{1, 2});
  CHECK(only(dump).to_doubles() == std::vector<double>{1.0, 2.5});
}

TEST_CASE("all three versions of the header are read") {
  const std::string data = raw<float>({1, 2, 3, 4});
  for (const int version : {1, 2, 3}) {
    const Dump dump = dump_of(npy_file("<f4", "(2, 2)", data, version));
    CHECK(dump.format == "NPY " + std::to_string(version) + ".0");
    CHECK(only(dump).to_doubles() == std::vector<double>{1, 2, 3, 4});
  }
}

TEST_CASE("a header may be 65536 bytes long, and no longer") {
  const auto file = [](std::size_t size) {
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }";
    header.resize(size - 1, ' ');
    return bytes_of("934e554d5059 0200") + test::little(size, 4) + header + "\n" +
           raw<float>({.5F});
  };
  CHECK(numbers(file(65536)) == std::vector{.5});
  CHECK_THROWS_WITH_AS(dump_of(file(65537)), doctest::Contains("expected at most 65536"),
                       InputError);
}

TEST_CASE("floating-point numbers of either byte order keep their dtype") {
  CHECK(numbers(npy_file("<f8", "(1,)", bytes_of("000000000000f83f"))) == std::vector{1.5});
  CHECK(numbers(npy_file(">f8", "(1,)", bytes_of("3ff8000000000000"))) == std::vector{1.5});
  CHECK(numbers(npy_file(">f4", "(2,)", bytes_of("3fc00000 c0000000"))) == std::vector{1.5, -2.0});
  CHECK(numbers(npy_file("<f2", "(2,)", bytes_of("003e 0100"))) ==
        std::vector{1.5, std::ldexp(1.0, -24)});
  CHECK(numbers(npy_file(">f2", "(1,)", bytes_of("3e00"))) == std::vector{1.5});
  CHECK(only(dump_of(npy_file("<f2", "(1,)", bytes_of("003e")))).dtype() == Dtype::f16);
}

TEST_CASE("integers and booleans are read as numbers, with a note") {
  CHECK(numbers(npy_file("|b1", "(2,)", bytes_of("0100"))) == std::vector{1.0, 0.0});
  CHECK(numbers(npy_file("|i1", "(1,)", bytes_of("ff"))) == std::vector{-1.0});
  CHECK(numbers(npy_file("|u1", "(1,)", bytes_of("ff"))) == std::vector{255.0});
  CHECK(numbers(npy_file("<i2", "(1,)", bytes_of("feff"))) == std::vector{-2.0});
  CHECK(numbers(npy_file(">u2", "(1,)", bytes_of("0102"))) == std::vector{258.0});
  CHECK(numbers(npy_file("<i4", "(1,)", bytes_of("fdffffff"))) == std::vector{-3.0});
  CHECK(numbers(npy_file("<u4", "(1,)", bytes_of("ffffffff"))) == std::vector{4294967295.0});
  CHECK(numbers(npy_file(">i8", "(1,)", bytes_of("0000000000000005"))) == std::vector{5.0});
  CHECK(numbers(npy_file("<u8", "(1,)", bytes_of("0500000000000000"))) == std::vector{5.0});
  const Dump dump = dump_of(npy_file("<i8", "(1,)", bytes_of("0500000000000000")));
  CHECK(dump.notes == std::vector<std::string>{"int64 values read as numbers"});
  const auto bits = npy_file("<u2", "(1,)", bytes_of("803f"));
  CHECK(dump_of(bits).notes.size() == 1);
  CHECK(read_dump(Bytes::from(bits), "a", {{}, {}, {}, {}, 0, Dtype::bf16}).notes.empty());
}

TEST_CASE("two raw bytes, as files hold bfloat16, are read as bfloat16, with a note") {
  for (const char* descr : {"<V2", "|V2", "bfloat16"}) {
    const Dump dump = dump_of(npy_file(descr, "(2,)", bytes_of("c03f 00c0")));
    CHECK(only(dump).dtype() == Dtype::bf16);
    CHECK(only(dump).to_doubles() == std::vector{1.5, -2.0});
    CHECK(dump.notes == std::vector{std::string(descr) + " read as bfloat16"});
  }
}

TEST_CASE("Fortran order is a view on the same bytes") {
  const Dump dump = dump_of(npy_file("<f8", "(2, 3)", raw<double>({1, 4, 2, 5, 3, 6}), 1, true));
  CHECK(only(dump).shape() == Shape{2, 3});
  CHECK(only(dump).to_doubles() == std::vector<double>{1, 2, 3, 4, 5, 6});
}

TEST_CASE("headers of older and other writers are read: no padding, other quotes, no last comma") {
  const std::string header = "{\"shape\":(2,),\"fortran_order\":False,\"descr\":\"<f4\"}";
  const std::string file =
      bytes_of("934e554d50590100") + test::little(header.size(), 2) + header + raw<float>({1, 2});
  CHECK(numbers(file) == std::vector<double>{1, 2});
}

TEST_CASE("a single number has no axis") {
  const Dump dump = dump_of(npy_file("<f8", "()", raw<double>({0.5})));
  CHECK(only(dump).rank() == 0);
  CHECK(only(dump).to_doubles() == std::vector{0.5});
}

TEST_CASE("values are not judged: NaN and infinity pass") {
  const auto values = numbers(npy_file("<f4", "(2,)", bytes_of("0000c07f 0000807f")));
  CHECK(std::isnan(values[0]));
  CHECK(std::isinf(values[1]));
}

TEST_CASE("an error says where, what is, what was expected, and the cure") {
  try {
    dump_of(npy_file("<f4", "(4, 8)", std::string(96, '\0')));
    FAIL("short data were accepted");
  } catch (const InputError& error) {
    CHECK(error.where() == "a: data");
    CHECK(error.problem() == "96 bytes, expected 128 for float32 [4, 8]");
    CHECK(error.hint() == "the file was cut off; copy or save it again");
  }
}

TEST_CASE("objects without arrays are refused with the way to save some") {
  const auto error_of = [](std::string_view pickle) {
    try {
      dump_of(npy_file("|O", "(1,)", pickle));
    } catch (const InputError& error) {
      return std::string(error.what()) + ", " + error.hint();
    }
    return std::string();
  };
  CHECK(error_of(bytes_of("80044e2e")).starts_with("a: holds None in place of arrays, fused"));
  CHECK(error_of(bytes_of("80044b012e")).find("a plain array of numbers") != std::string::npos);
}

TEST_CASE("an array of any shape in any order reads back as it was written") {
  CHECK(rc::check("write then read is identity", [] {
    const auto rank = *rc::gen::inRange<std::size_t>(1, 6);
    const auto shape = *rc::gen::container<Shape>(rank, rc::gen::inRange<std::size_t>(1, 5));
    const auto size =
        std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
    const auto values =
        *rc::gen::container<std::vector<double>>(size, rc::gen::arbitrary<double>());
    const bool fortran = *rc::gen::arbitrary<bool>();
    const bool big = *rc::gen::arbitrary<bool>();
    std::string tuple = "(";
    for (const auto length : shape) tuple += std::to_string(length) + ", ";
    std::string data;
    for (std::size_t i = 0; i < size; ++i) {
      // In Fortran order the first index runs fastest.
      std::size_t rest = i, position = 0;
      for (std::size_t k = 0; fortran && k < rank; ++k) {
        std::size_t stride = 1;
        for (std::size_t j = k + 1; j < rank; ++j) stride *= shape[j];
        position += rest % shape[k] * stride;
        rest /= shape[k];
      }
      std::string number = raw<double>({values[fortran ? position : i]});
      if (big) number.assign(number.rbegin(), number.rend());
      data += number;
    }
    const Dump dump = dump_of(npy_file(big ? ">f8" : "<f8", tuple + ")", data, 1, fortran));
    RC_ASSERT(dump.tensors.front().tensor.shape() == shape);
    const auto read = dump.tensors.front().tensor.to_doubles();
    RC_ASSERT(std::memcmp(read.data(), values.data(), size * sizeof(double)) == 0);
  }));
}

TEST_CASE("numbers and texts with the mark of a tar archive in its place are no tar archive") {
  std::string numbers = npy_file("|u1", "(400,)", std::string(400, '\0'));
  numbers.replace(257, 5, "ustar");
  CHECK(dump_of(numbers).tensors.front().tensor.size() == 400);
  std::string text = R"({"a": [[1]], "b": ")";
  text += std::string(257 - text.size(), ' ') + R"(ustar "})";
  CHECK(dump_of(text).tensors.front().name == "a");
}
