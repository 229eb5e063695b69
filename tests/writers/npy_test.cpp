#include <doctest/doctest.h>

#include <bit>
#include <cstring>

#include "core/error.hpp"
#include "formats/read_dump.hpp"
#include "written.hpp"

using namespace attngraph;

namespace {

MatrixSeries series_of(std::vector<std::size_t> shape, bool single_precision) {
  MatrixSeries series;
  series.shape = std::move(shape);
  series.place_columns = {{"layer", ColumnType::integer}};
  series.value_column.name = "weight";
  series.single_precision = single_precision;
  return series;
}

const std::vector<double> numbers{0.1, 0.9, 1.0, 0.0, 0.25, 0.75};

/// Three matrices [1, 2].
std::function<void(Writer&)> three_matrices(bool single_precision) {
  return [single_precision](Writer& writer) {
    writer.begin_matrices(series_of({3, 1, 2}, single_precision));
    for (std::int64_t i = 0; i < 3; ++i) {
      writer.matrix({i}, {1, 2, numbers.data() + 2 * i, nullptr});
    }
  };
}

/// As numpy.lib.format describes it: magic, version 1.0, a length of 118 = 0x76, the dictionary.
std::string expected_header(const std::string& descr) {
  std::string text("\x93NUMPY\x01\x00\x76\x00", 10);
  text += "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (3, 1, 2), }";
  text.resize(127, ' ');
  return text + "\n";
}

}  // namespace

TEST_CASE("NPY is a hand-made header and the numbers as they lie") {
  std::string expected = expected_header("<f8");
  expected.append(reinterpret_cast<const char*>(numbers.data()), 48);
  CHECK(written("npy", three_matrices(false)) == expected);
}

TEST_CASE("NPY in single precision rounds each number to float32") {
  std::string expected = expected_header("<f4");
  for (const double number : numbers) {
    const auto rounded = static_cast<float>(number);
    expected.append(reinterpret_cast<const char*>(&rounded), 4);
  }
  CHECK(written("npy", three_matrices(true)) == expected);
}

TEST_CASE("A large matrix passes in blocks without loss") {
  std::vector<double> large(300 * 301);
  for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<double>(i);
  const auto answer = [&](bool single_precision) {
    return [&, single_precision](Writer& writer) {
      writer.begin_matrices(series_of({300, 301}, single_precision));
      writer.matrix({std::int64_t{0}}, {300, 301, large.data(), nullptr});
    };
  };
  const std::string doubles = written("npy", answer(false));
  CHECK(doubles.size() == 128 + 8 * large.size());
  CHECK(std::memcmp(doubles.data() + 128, large.data(), 8 * large.size()) == 0);
  const std::string floats = written("npy", answer(true));
  float last = 0;
  std::memcpy(&last, floats.data() + floats.size() - 4, 4);
  CHECK(last == 90299.0f);
}

TEST_CASE("One NPY file holds one array and nothing else") {
  const auto rows = [](Writer& writer) { writer.begin_rows({{"a", ColumnType::integer}}); };
  CHECK_THROWS_AS(written("npy", rows), ArgumentError);
  const auto two_arrays = [](Writer& writer) {
    writer.begin_matrices(series_of({0, 0}, false));
    writer.begin_matrices(series_of({0, 0}, false));
  };
  CHECK_THROWS_AS(written("npy", two_arrays), ArgumentError);
  CHECK_THROWS_AS(written("npz", [](Writer&) {}), ArgumentError);
}

TEST_CASE("NPZ holds the NPY file as a stored member whose data are aligned") {
  const std::string npy = written("npy", three_matrices(true));
  const std::string npz = written("npz", three_matrices(true));
  CHECK(npz.substr(0, 4) == "PK\x03\x04");
  CHECK(npz.find("attention.npy") == 30);
  CHECK(npz.find(npy) == 64);
}

TEST_CASE("Our own strict readers take what is written") {
  const std::vector<double> expected(numbers);
  const Dump npy = read_dump(Bytes::from(written("npy", three_matrices(false))), "a.npy", {});
  REQUIRE(npy.tensors.size() == 1);
  CHECK(npy.tensors[0].tensor.shape() == Shape{3, 1, 2});
  CHECK(npy.tensors[0].tensor.to_doubles() == expected);
  const Dump npz = read_dump(Bytes::from(written("npz", three_matrices(false))), "a.npz", {});
  REQUIRE(npz.tensors.size() == 1);
  CHECK(npz.tensors[0].name == "attention");
  CHECK(npz.tensors[0].tensor.shape() == Shape{3, 1, 2});
  CHECK(npz.tensors[0].tensor.to_doubles() == expected);
}

TEST_CASE("A member that is no weights is named after its value") {
  const auto answer = [](Writer& writer) {
    auto series = series_of({1, 2}, false);
    series.value_column.name = "rollout";
    writer.begin_matrices(series);
    writer.matrix({std::int64_t{0}}, {1, 2, numbers.data(), nullptr});
  };
  const Dump dump = read_dump(Bytes::from(written("npz", answer)), "a.npz", {});
  REQUIRE(dump.tensors.size() == 1);
  CHECK(dump.tensors[0].name == "rollout");
}
