#include <doctest/doctest.h>

#include <cmath>

#include "attention/modules/spatial.hpp"
#include "core/error.hpp"
#include "oracle/npy_file.hpp"

using namespace attngraph;
using oracle::npy_file;

namespace {

SpatialInput input_of(const std::string& folder) {
  SpatialInput input;
  input.input = npy_file(folder + "x.npy");
  input.wq = npy_file(folder + "wq.npy");
  input.wk = npy_file(folder + "wk.npy");
  input.wv = npy_file(folder + "wv.npy");
  input.bq = npy_file(folder + "bq.npy");
  input.bk = npy_file(folder + "bk.npy");
  input.bv = npy_file(folder + "bv.npy");
  input.gamma = npy_file(folder + "gamma.npy");
  return input;
}

MatrixF weights_of(const SpatialAttention& attention, std::size_t image) {
  const auto pixels = static_cast<Index>(attention.pixels());
  MatrixF weights(pixels, pixels);
  attention.row_blocks<float>(image, [&](const RowBlock<float>& block) {
    weights.middleRows(block.first_query, block.weights.rows()) = block.weights;
  });
  return weights;
}

double largest_difference(const MatrixF& actual, const Tensor& expected) {
  const auto values = expected.to_doubles();
  REQUIRE(actual.size() == static_cast<Index>(values.size()));
  double largest = 0;
  for (Index i = 0; i < actual.size(); ++i) {
    largest = std::max(largest, std::abs(static_cast<double>(actual.data()[i]) - values[i]));
  }
  return largest;
}

}  // namespace

TEST_CASE("slide 8 and the same module trained on digits") {
  for (const std::string folder : {"deck/08-spatial/", "small/digits-spatial/"}) {
    CAPTURE(folder);
    const SpatialAttention attention(input_of(folder), 1);
    CHECK(attention.single_precision());
    const MatrixF weights = weights_of(attention, 0);
    const MatrixF output = attention.output<float>(0, weights * attention.values<float>(0));
    CHECK(largest_difference(output, npy_file(folder + "output.npy")) < 2e-5);
    if (folder == "small/digits-spatial/") {
      CHECK(largest_difference(weights, npy_file(folder + "weights.npy")) < 1e-5);
    }
  }
}

TEST_CASE("an image without a batch axis and flat convolutions mean the same") {
  SpatialInput input = input_of("deck/08-spatial/");
  const MatrixF expected = weights_of(SpatialAttention(input, 1), 0);
  input.input = input.input.at(0, 0);
  input.wq = input.wq.at(3, 0).at(2, 0);
  const SpatialAttention attention(input, 1);
  CHECK_FALSE(attention.batched());
  CHECK(weights_of(attention, 0) == expected);
}

TEST_CASE("shapes that do not fit are refused") {
  SpatialInput input = input_of("deck/08-spatial/");
  input.wk = input.wv;
  CHECK_THROWS_AS(SpatialAttention(input, 1), InputError);
  input = input_of("deck/08-spatial/");
  input.wv = input.wq;
  CHECK_THROWS_AS(SpatialAttention(input, 1), InputError);
  input = input_of("deck/08-spatial/");
  input.input = input.input.at(0, 0).at(0, 0);
  CHECK_THROWS_AS(SpatialAttention(input, 1), InputError);
  input = input_of("deck/08-spatial/");
  input.gamma = input.bq;
  CHECK_THROWS_AS(SpatialAttention(input, 1), InputError);
}
