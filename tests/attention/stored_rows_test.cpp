#include "attention/stored/stored_rows.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>

#include "numeric/instruction_sets.hpp"

using namespace attngraph;

namespace {

/// Numbers that are apt to be taken for others, and ordinary ones.
template <typename Scalar>
rc::Gen<Scalar> numbers() {
  using Limits = std::numeric_limits<Scalar>;
  return rc::gen::weightedOneOf<Scalar>(
      {{6, rc::gen::map(rc::gen::inRange(0, 1 << 24),
                        [](int n) { return static_cast<Scalar>(n) / Scalar(1 << 24); })},
       {1, rc::gen::element(Scalar(0), Scalar(-0.0), Scalar(-0.5), Limits::denorm_min(),
                            -Limits::denorm_min(), Limits::max(), Limits::quiet_NaN(),
                            -Limits::quiet_NaN(), Limits::infinity(), -Limits::infinity())}});
}

/// A matrix whose bytes begin at an odd address or an even one.
template <typename Scalar>
Tensor stored(const std::vector<Scalar>& values, Shape shape, std::size_t offset) {
  std::string text(offset + values.size() * sizeof(Scalar), '\0');
  std::memcpy(text.data() + offset, values.data(), values.size() * sizeof(Scalar));
  const Bytes bytes = Bytes::from(std::move(text));
  const Dtype dtype = std::is_same_v<Scalar, float> ? Dtype::f32 : Dtype::f64;
  return Tensor({bytes.owner, bytes.data.subspan(offset)}, dtype, std::move(shape));
}

template <typename Scalar>
struct Expected {
  double sum = 0;
  std::size_t not_finite = 0, negative = 0, zeros = 0;

  explicit Expected(std::span<const Scalar> row) {
    for (const Scalar number : row) {
      if (!std::isfinite(number)) {
        ++not_finite;
        continue;
      }
      sum += static_cast<double>(number);
      negative += number < 0 ? 1 : 0;
      zeros += number == 0 ? 1 : 0;
    }
  }
};

bool near(double a, double b, double magnitude) {
  return a == b || std::abs(a - b) <= 1e-13 * magnitude;
}

template <typename Scalar>
double magnitude_of(std::span<const Scalar> row) {
  double sum = 0;
  for (const Scalar number : row) sum += std::isfinite(number) ? std::abs(double{number}) : 0.0;
  return sum;
}

}  // namespace

TEST_CASE_TEMPLATE("a scan of any part of a row at any address is what the obvious loop finds",
                   Scalar, float, double) {
  CHECK(rc::check("number by number", [] {
    const auto columns = *rc::gen::inRange<std::size_t>(1, 71);
    const auto rows = *rc::gen::inRange<std::size_t>(1, 4);
    const auto values = *rc::gen::container<std::vector<Scalar>>(rows * columns, numbers<Scalar>());
    const auto first = *rc::gen::inRange<std::size_t>(0, columns);
    const auto end = *rc::gen::inRange<std::size_t>(first, columns + 1);
    StoredRows looked_at(stored(values, {rows, columns}, *rc::gen::inRange<std::size_t>(0, 9)));
    std::vector<double> sums(columns, 0.0), expected_sums(columns, 0.0);
    for (std::size_t row = 0; row < rows; ++row) {
      const auto part = std::span<const Scalar>(values).subspan(row * columns + first, end - first);
      const RowScan scan = looked_at.scan(row, first, end, sums);
      const Expected<Scalar> expected(part);
      RC_ASSERT(near(scan.sum, expected.sum, magnitude_of(part)));
      RC_ASSERT(scan.not_finite == expected.not_finite);
      RC_ASSERT(scan.negative == expected.negative);
      RC_ASSERT(scan.zeros == expected.zeros);
      for (std::size_t k = first; k < end; ++k) {
        const Scalar number = part[k - first];
        if (std::isfinite(number)) expected_sums[k] += static_cast<double>(number);
      }
    }
    RC_ASSERT(sums == expected_sums);
  }));
}

TEST_CASE_TEMPLATE("the facts of a row tell whether every number is finite and none is negative",
                   Scalar, float, double) {
  CHECK(rc::check("row by row", [] {
    const auto columns = *rc::gen::inRange<std::size_t>(1, 71);
    const auto values = *rc::gen::container<std::vector<Scalar>>(columns, numbers<Scalar>());
    const auto first = *rc::gen::inRange<std::size_t>(0, columns);
    StoredRows row(stored(values, {1, columns}, *rc::gen::inRange<std::size_t>(0, 9)));
    const RowFacts facts = row.facts(0, first);
    const auto part = std::span<const Scalar>(values).subspan(first);
    const Expected<Scalar> expected(part);
    if (expected.not_finite > 0) {
      RC_ASSERT(!std::isfinite(facts.sum));
      return;
    }
    RC_ASSERT(near(facts.sum, expected.sum, magnitude_of(part)));
    RC_ASSERT((facts.lowest < 0) == (expected.negative > 0));
  }));
}

TEST_CASE_TEMPLATE("sums have the same bits at any address and for every instruction set", Scalar,
                   float, double) {
  CHECK(rc::check("bit by bit", [] {
    const auto count = *rc::gen::inRange<std::size_t>(1, 71);
    auto values = *rc::gen::container<std::vector<Scalar>>(count, numbers<Scalar>());
    for (auto& value : values) value = std::abs(value) < 2 ? value : Scalar(0.3);
    std::vector<double> found;
    for (const auto set : instruction_sets()) {
      const auto& rows =
          sizeof(Scalar) == sizeof(float) ? kernels_for(set).f32_rows : kernels_for(set).f64_rows;
      for (const std::size_t offset : {0, 1, 4}) {
        std::vector<std::byte> bytes(offset + count * sizeof(Scalar));
        std::memcpy(bytes.data() + offset, values.data(), count * sizeof(Scalar));
        std::vector<double> columns(count, 0.0);
        const auto numbers_in_row = static_cast<std::ptrdiff_t>(count);
        found.push_back(rows.facts(bytes.data() + offset, numbers_in_row).sum);
        found.push_back(rows.scan(bytes.data() + offset, numbers_in_row, columns.data()).sum);
      }
    }
    RC_ASSERT(std::all_of(found.begin(), found.end(), [&](double s) { return s == found[0]; }));
  }));
}

TEST_CASE("numbers of other types and in other orders are converted some rows at a time") {
  const std::size_t rows = 300, columns = 700;  // more than are converted at a time
  std::vector<float> values(rows * columns);
  std::iota(values.begin(), values.end(), 0.0f);
  const Tensor transposed =
      Tensor::from(values, {columns, rows}).permuted(std::vector<std::size_t>{1, 0});
  StoredRows looked_at(transposed);
  CHECK(looked_at.number(2, 1) == 302);
  CHECK(looked_at.number(299, 699) == 209999);
  CHECK(looked_at.facts(299, 698).sum == 209699 + 209999);
  CHECK(looked_at.number(0, 699) == 209700);

  const Tensor halves(Bytes::from(std::string("\x00\x3c\x00\xb8", 4)), Dtype::f16, {1, 2});
  CHECK(StoredRows(halves).number(0, 0) == 1);
  CHECK(StoredRows(halves).facts(0).lowest == -0.5);

  const Tensor integers(Bytes::from(std::string("\x01\x00\x00\x01", 4)), Dtype::i32, {1, 1});
  CHECK(StoredRows(integers).number(0, 0) == 16777217);  // which no float is
}

TEST_CASE("a causal query sees the keys up to its own place, the last query all of them") {
  const auto visible = [](Shape shape) {
    StoredRows rows(Tensor::from(std::vector<double>(shape[0] * shape[1]), shape));
    std::vector<std::size_t> seen;
    for (std::size_t q = 0; q < rows.rows(); ++q) seen.push_back(rows.visible(q));
    return seen;
  };
  CHECK(visible({3, 3}) == std::vector<std::size_t>{1, 2, 3});
  CHECK(visible({2, 3}) == std::vector<std::size_t>{2, 3});
  CHECK(visible({4, 2}) == std::vector<std::size_t>{0, 0, 1, 2});
}
