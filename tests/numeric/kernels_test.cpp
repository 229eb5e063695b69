#include "numeric/kernels/kernels.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <type_traits>
#include <vector>

#include <rapidcheck.h>

#include "numeric/instruction_sets.hpp"
#include "numeric/packed_matrix.hpp"

using namespace attngraph;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();

/// Numbers at an address that is no multiple of a register's size.
template <typename Scalar>
class Unaligned {
 public:
  explicit Unaligned(const std::vector<Scalar>& numbers) : storage_(1) {
    storage_.insert(storage_.end(), numbers.begin(), numbers.end());
  }
  Scalar* data() { return storage_.data() + 1; }

 private:
  std::vector<Scalar> storage_;
};

std::vector<float> waves(std::size_t count) {
  std::vector<float> numbers(count);
  for (std::size_t i = 0; i < count; ++i) numbers[i] = std::sin(static_cast<float>(7 * i));
  return numbers;
}

}  // namespace

TEST_CASE_TEMPLATE("a packed product is the sum of products, whichever part is asked for", Scalar,
                   float, double) {
  CHECK(rc::check("entry by entry", [] {
    const auto rows = *rc::gen::inRange<Index>(1, 40), inner = *rc::gen::inRange<Index>(1, 300),
               columns = *rc::gen::inRange<Index>(1, 120);
    std::srand(*rc::gen::inRange(0, 1000));
    const MatrixOf<Scalar> a = MatrixOf<Scalar>::Random(rows, inner),
                           b = MatrixOf<Scalar>::Random(inner, columns);
    const PackedMatrix<Scalar> packed(b);
    const Index first = PackedMatrix<Scalar>::first_column(*rc::gen::inRange<Index>(0, columns));
    const Index first_inner = *rc::gen::inRange<Index>(0, inner);
    const Index part = columns - first, rest = inner - first_inner;
    MatrixOf<Scalar> c = MatrixOf<Scalar>::Constant(rows, part + 3, Scalar(9));
    packed.multiply(a.data() + first_inner, inner, rows, {first_inner, rest, first, part},
                    Scalar(0.5), c.data(), c.cols());
    const Matrix expected = 0.5 * a.rightCols(rest).template cast<double>() *
                            b.bottomRightCorner(rest, part).template cast<double>();
    const double tolerance = std::numeric_limits<Scalar>::epsilon() * static_cast<double>(rest);
    RC_ASSERT((c.leftCols(part).template cast<double>() - expected).cwiseAbs().maxCoeff() <=
              tolerance);
    RC_ASSERT((c.rightCols(3).array() == Scalar(9)).all());
  }));
}

TEST_CASE("an entry has the same bits in any tile") {
  const MatrixF a = MatrixF::Random(37, 200), b = MatrixF::Random(200, 90);
  const PackedMatrix<float> packed(b);
  MatrixF whole(37, 90);
  packed.multiply(a.data(), 200, 37, packed.whole(), 1, whole.data(), 90);
  for (Index row = 0; row < 37; ++row) {
    MatrixF one(1, 90);
    packed.multiply(a.row(row).data(), 200, 1, packed.whole(), 1, one.data(), 90);
    CHECK(one == whole.row(row));
  }
}

TEST_CASE("the transpose of rows is packed as if it had been written out") {
  const MatrixF a = MatrixF::Random(5, 12), b = MatrixF::Random(33, 12);
  MatrixF plain(5, 33), transposed(5, 33);
  const PackedMatrix<float> written(MatrixF(b.transpose()));
  written.multiply(a.data(), 12, 5, written.whole(), 1, plain.data(), 33);
  const PackedMatrix<float> from_rows = PackedMatrix<float>::transposed(b);
  from_rows.multiply(a.data(), 12, 5, from_rows.whole(), 1, transposed.data(), 33);
  CHECK(plain == transposed);
}

TEST_CASE("the least sums lower what is larger") {
  const Matrix a = Matrix::Random(19, 70), b = Matrix::Random(70, 41);
  Matrix least = Matrix::Constant(19, 41, -1.2), expected = least;
  for (Index i = 0; i < 19; ++i) {
    for (Index j = 0; j < 41; ++j) {
      for (Index d = 0; d < 70; ++d) expected(i, j) = std::min(expected(i, j), a(i, d) + b(d, j));
    }
  }
  const auto& kernel = scalar_kernels<double>();
  std::vector<double> panels(static_cast<std::size_t>(70 * (41 + kernel.panel_width)));
  kernel.pack(b.data(), 41, 1, 70, 41, panels.data());
  kernel.lower_by_sums(
      {a.data(), 70, 19, panels.data(), 70 * kernel.panel_width, 70, 41, 1, least.data(), 41});
  CHECK(least == expected);
}

TEST_CASE("exponentials and their sum do not depend on where the numbers lie") {
  for (const auto set : instruction_sets()) {
    const auto& kernel = kernels_for(set).f32;
    for (const std::size_t count : {1, 7, 16, 17, 100}) {
      std::vector<float> numbers = waves(count);
      Unaligned<float> elsewhere(numbers);
      const auto length = static_cast<std::ptrdiff_t>(count);
      const double alone = kernel.sum_of_exponentials(numbers.data(), length, 1);
      const double sum = kernel.exponentials(numbers.data(), length, 1);
      CHECK(sum == alone);
      CHECK(kernel.exponentials(elsewhere.data(), length, 1) == sum);
      for (std::size_t i = 0; i < count; ++i) {
        CHECK(elsewhere.data()[i] == numbers[i]);
        CHECK(numbers[i] == doctest::Approx(std::exp(waves(count)[i] - 1)).epsilon(2e-7));
      }
    }
  }
}

TEST_CASE("exponentials far below are exact zeros") {
  for (const auto set : instruction_sets()) {
    const auto& kernel = kernels_for(set).f32;
    std::vector<float> numbers{-infinity, -90, -87, 0};
    CHECK(kernel.exponentials(numbers.data(), 4, 0) == doctest::Approx(1).epsilon(1e-12));
    CHECK(numbers[0] == 0);
    CHECK(numbers[1] == 0);
    CHECK(numbers[2] > 0);
    CHECK(numbers[3] == 1);
  }
}

TEST_CASE(
    "exponentials are right to a unit in the last place, down to the smallest normal number") {
  for (const auto set : instruction_sets()) {
    const auto& kernel = kernels_for(set).f32;
    std::vector<float> numbers, shifted;
    for (float x = 0; x > -88; x -= 0x1.1p-7f) numbers.push_back(x);
    shifted = numbers;
    kernel.exponentials(shifted.data(), static_cast<std::ptrdiff_t>(shifted.size()), 0);
    double worst = 0;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const double exact = std::exp(static_cast<double>(numbers[i]));
      if (exact < std::numeric_limits<float>::min()) {
        CHECK(shifted[i] == 0);
      } else {
        worst = std::max(worst, std::abs(shifted[i] - exact) / exact);
      }
    }
    CHECK(worst < 1.2e-7);
  }
}

TEST_CASE("places whose sums are at most a bound are found in order, the bound itself included") {
  for (const auto set : instruction_sets()) {
    const auto& kernel = kernels_for(set);
    for (const std::ptrdiff_t count : {3, 37, 1000}) {
      const std::vector<double> a(static_cast<std::size_t>(count), 1.5);
      std::vector<double> b(a.size(), 1);
      std::vector<std::int32_t> places(a.size() + 1), expected;
      for (const std::int32_t place : {0, 2, 35, 36, 200, 999}) {
        if (place >= count) continue;
        b[static_cast<std::size_t>(place)] = place == 35 ? -1 : .5;
        expected.push_back(place);
      }
      std::vector<double> least_a, least_b;
      for (std::ptrdiff_t first = 0; first < count; first += summed_block) {
        const auto end = b.begin() + std::min(first + summed_block, count);
        least_a.push_back(1.5);
        least_b.push_back(*std::min_element(b.begin() + first, end));
      }
      const std::ptrdiff_t found = kernel.sums_within(a.data(), b.data(), count, least_a.data(),
                                                      least_b.data(), 2, places.data());
      places.resize(static_cast<std::size_t>(found));
      CHECK(places == expected);
    }
  }
}

TEST_CASE("scores that reach a bar beyond their expectation are found in order") {
  for (const auto set : instruction_sets()) {
    const auto& kernel = kernels_for(set);
    for (const std::ptrdiff_t count : {3, 37, 1000}) {
      // Of .75 half of 1 is expected, which leaves .25.
      std::vector<double> scores(static_cast<std::size_t>(count), .75);
      std::vector<double> sums(scores.size(), 1);
      std::vector<std::int32_t> places(scores.size() + 1), expected;
      for (const std::int32_t place : {0, 2, 35, 36, 200, 999}) {
        if (place >= count) continue;
        const auto i = static_cast<std::size_t>(place);
        place == 35 ? sums[i] = .5 : scores[i] = 1;
        expected.push_back(place);
      }
      const auto found_from = [&](double least) {
        places.resize(scores.size() + 1);
        places.resize(static_cast<std::size_t>(
            kernel.excesses_from(scores.data(), sums.data(), .5, count, least, places.data())));
        return places;
      };
      CHECK(found_from(.5) == expected);
      CHECK(found_from(std::nextafter(.5, 1)) == expected);
      CHECK(found_from(.6).empty());
      CHECK(found_from(-infinity).size() == scores.size());
    }
  }
}

TEST_CASE("a number that is not finite is seen wherever it stands") {
  for (const auto set : instruction_sets()) {
    const auto& kernel = kernels_for(set).f32;
    for (const std::size_t count : {1, 16, 40, 75}) {
      std::vector<float> numbers = waves(count);
      const auto length = static_cast<std::ptrdiff_t>(count);
      CHECK(kernel.all_finite(numbers.data(), length));
      for (std::size_t i = 0; i < count; ++i) {
        for (const float strange : {NAN, infinity, -infinity}) {
          std::vector<float> other = numbers;
          other[i] = strange;
          CHECK(!kernel.all_finite(other.data(), length));
          CHECK(std::isnan(kernel.maximum(other.data(), length)) == std::isnan(strange));
        }
        std::vector<float> other = numbers;
        other[i] = 2;
        CHECK(kernel.maximum(other.data(), length) == 2);
      }
    }
  }
}

TEST_CASE("the places above a bar are found in order, those at the bar are not among them") {
  for (const auto set : instruction_sets()) {
    const auto& kernel = kernels_for(set).f32;
    for (const std::size_t count : {1, 16, 40, 75, 200}) {
      std::vector<float> numbers = waves(count);
      numbers[count / 2] = 0.5F;
      std::vector<std::int32_t> expected, places(count + 1);
      for (std::size_t i = 0; i < count; ++i) {
        if (numbers[i] > 0.5F) expected.push_back(static_cast<std::int32_t>(i));
      }
      const std::ptrdiff_t found = kernel.places_above(
          numbers.data(), static_cast<std::ptrdiff_t>(count), 0.5F, places.data());
      places.resize(static_cast<std::size_t>(found));
      CHECK(places == expected);
    }
  }
}

TEST_CASE_TEMPLATE("a row is measured as number by number, wherever its query stands", Scalar,
                   float, double) {
  CHECK(rc::check("one after the other", [] {
    const auto count = *rc::gen::inRange<std::ptrdiff_t>(1, 70);
    const auto place = *rc::gen::inRange<std::ptrdiff_t>(0, 80);
    const auto weights = *rc::gen::container<std::vector<Scalar>>(
        static_cast<std::size_t>(count),
        rc::gen::map(rc::gen::inRange(0, 5), [](int n) { return static_cast<Scalar>(n) / 8; }));
    RowMeasures expected{};
    for (std::ptrdiff_t k = 0; k < count; ++k) {
      const double w = weights[static_cast<std::size_t>(k)];
      expected.largest = std::max(expected.largest, w);
      if (w > 0) expected.entropy -= w * std::log(w);
      expected.distance += w * static_cast<double>(std::abs(k - place));
      (k < place ? expected.backward : expected.forward) += k == place ? 0 : w;
    }
    Unaligned<Scalar> elsewhere(weights);
    const auto* bytes = reinterpret_cast<const std::byte*>(elsewhere.data());
    for (const auto set : instruction_sets()) {
      const auto& rows =
          std::is_same_v<Scalar, float> ? kernels_for(set).f32_rows : kernels_for(set).f64_rows;
      std::vector<double> sums(static_cast<std::size_t>(count), 1);
      const RowMeasures row = rows.measures(bytes, count, place, sums.data());
      RC_ASSERT(row.largest == expected.largest);
      RC_ASSERT(std::abs(row.entropy - expected.entropy) < 1e-12);
      RC_ASSERT(row.distance == expected.distance);  // eighths add up exactly
      RC_ASSERT(row.backward == expected.backward);
      RC_ASSERT(row.forward == expected.forward);
      for (std::size_t k = 0; k < weights.size(); ++k) RC_ASSERT(sums[k] == 1 + weights[k]);
    }
  }));
}

TEST_CASE("logarithms keep their digits from the smallest normal number to 1 and above") {
  for (const auto set : instruction_sets()) {
    const auto relative_error = [&](double w) {
      const double exact = -w * std::log(w);
      return std::abs(kernels_for(set).entropy(&w, 1) - exact) / std::abs(exact);
    };
    double worst = 0;
    for (double w = std::numeric_limits<double>::min(); w < 4; w *= 1.0137) {
      worst = std::max(worst, relative_error(w));
    }
    for (double apart = 0.2; apart > 1e-12; apart *= 0.99) {
      worst = std::max({worst, relative_error(1 - apart), relative_error(1 + apart)});
    }
    CHECK(worst < 6e-15);
    const std::vector<double> certain{1, 0, std::numeric_limits<double>::denorm_min()};
    CHECK(kernels_for(set).entropy(certain.data(), 2) == 0);
    CHECK(kernels_for(set).entropy(certain.data(), 3) < 1e-300);
  }
}

TEST_CASE_TEMPLATE("numbers of any count are added up in double", Scalar, float, double) {
  for (const auto set : instruction_sets()) {
    for (const std::size_t count : {1, 15, 16, 17, 40, 2100}) {
      std::vector<Scalar> numbers(count);
      for (std::size_t i = 0; i < count; ++i) numbers[i] = static_cast<Scalar>(i % 7) / 8;
      Unaligned<Scalar> elsewhere(numbers);
      std::vector<double> sums(count, 0x1p-40);
      const auto& kernel = [&]() -> const ScalarKernels<Scalar>& {
        if constexpr (std::is_same_v<Scalar, float>)
          return kernels_for(set).f32;
        else
          return kernels_for(set).f64;
      }();
      kernel.add(elsewhere.data(), static_cast<std::ptrdiff_t>(count), sums.data(),
                 elsewhere.data());
      for (std::size_t i = 0; i < count; ++i) CHECK(sums[i] == numbers[i] + 0x1p-40);
    }
  }
}
