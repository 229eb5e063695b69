#include <doctest/doctest.h>

#include <cmath>

#include "attention/computed/attend.hpp"
#include "core/error.hpp"
#include "oracle/npy_file.hpp"

using namespace attngraph;
using oracle::npy_file;

namespace {

struct Attended {
  Matrix weights;
  Matrix output;
};

/// All heads of one place one below the other, and the layer's output.
template <typename Scalar = double>
Attended attended(const AttendInput& input, const AttendOptions& options, std::size_t place = 0) {
  const MultiHeadAttention attention(input, options);
  CHECK(attention.single_precision() == (sizeof(Scalar) == 4));
  const auto queries = static_cast<Index>(attention.queries());
  const auto heads = static_cast<Index>(attention.heads());
  Matrix weights = Matrix::Zero(heads * queries, static_cast<Index>(attention.keys()));
  MatrixOf<Scalar> features;
  for (Index h = 0; h < heads; ++h) {
    const auto head = static_cast<std::size_t>(h);
    attention.row_blocks<Scalar>(place, head, [&](const RowBlock<Scalar>& block) {
      weights.block(h * queries + block.first_query, block.first_key, block.weights.rows(),
                    block.weights.cols()) = block.weights.template cast<double>();
    });
    if (!attention.has_values()) continue;
    const auto value = attention.value<Scalar>(place, head);
    features.conservativeResize(queries, (h + 1) * value.cols());
    features.rightCols(value.cols()) =
        (weights.middleRows(h * queries, queries) * value.template cast<double>())
            .template cast<Scalar>();
  }
  if (attention.has_values()) features = attention.output<Scalar>(features);
  return {weights, features.template cast<double>()};
}

void check_equal(const Matrix& actual, const Tensor& expected, double tolerance) {
  const auto numbers = expected.to_doubles();
  REQUIRE(actual.size() == static_cast<Index>(numbers.size()));
  for (Index i = 0; i < actual.size(); ++i) {
    if (std::abs(actual.data()[i] - numbers[i]) <= tolerance) continue;
    CAPTURE(i);
    CHECK(actual.data()[i] == numbers[i]);
  }
}

Tensor tensor(std::vector<double> values, Shape shape) {
  return Tensor::from(std::move(values), std::move(shape));
}

AttendInput two_tokens() {
  AttendInput input;
  input.query = tensor({1, 0, 0, 1}, {2, 2});
  input.key = tensor({1, 1, 0, 1}, {2, 2});
  input.value = tensor({1, 0, 1, 1}, {2, 2});
  return input;
}

AttendOptions unscaled() {
  AttendOptions options;
  options.scale = {1.0};
  return options;
}

std::string problem_of(const AttendInput& input, const AttendOptions& options) {
  try {
    const MultiHeadAttention attention(input, options);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("two tokens attend as worked out by hand") {
  const auto [weights, output] = attended(two_tokens(), unscaled());
  check_equal(weights, tensor({.7310585786300049, .2689414213699951, .5, .5}, {4}), 1e-15);
  check_equal(output, tensor({1, .2689414213699951, 1, .5}, {4}), 1e-15);
  check_equal(attended(two_tokens(), {}).weights, tensor({.66976155, .33023845, .5, .5}, {4}),
              5e-9);
}

TEST_CASE("slide 3: one head, scaled and not") {
  AttendInput input;
  input.query = npy_file("deck/03-attention/query.npy");
  input.key = npy_file("deck/03-attention/key.npy");
  input.value = npy_file("deck/03-attention/value.npy");
  const auto scaled = attended(input, {}), plain = attended(input, unscaled());
  check_equal(scaled.weights, npy_file("deck/03-attention/weights_scaled.npy"), 1e-12);
  check_equal(scaled.output, npy_file("deck/03-attention/output_scaled.npy"), 1e-12);
  check_equal(plain.weights, npy_file("deck/03-attention/weights_unscaled.npy"), 1e-12);
  check_equal(plain.output, npy_file("deck/03-attention/output_unscaled.npy"), 1e-12);
}

TEST_CASE("slide 4: heads are slices of the columns") {
  AttendInput input;
  input.query = npy_file("deck/04-multi-head/query.npy");
  input.key = npy_file("deck/04-multi-head/key.npy");
  input.value = npy_file("deck/04-multi-head/value.npy");
  AttendOptions options = unscaled();
  for (const std::size_t heads : {std::size_t{2}, std::size_t{4}}) {
    options.heads = heads;
    check_equal(
        attended(input, options).output,
        npy_file("deck/04-multi-head/output_" + std::to_string(heads) + "_heads_unscaled.npy"),
        1e-12);
  }
}

TEST_CASE("slide 7: one projection for all heads, scaled by the whole width") {
  const std::string folder = "deck/07-self-attention-module/";
  AttendInput input;
  input.input = npy_file(folder + "x.npy");
  input.wq = npy_file(folder + "wq.npy");
  input.wk = npy_file(folder + "wk.npy");
  input.wv = npy_file(folder + "wv.npy");
  input.wo = npy_file(folder + "wo.npy");
  input.bo = npy_file(folder + "bo.npy");
  AttendOptions options;
  options.heads = 4;
  options.shared_projection = true;
  options.scale = {1 / std::sqrt(32.0)};
  const Tensor expected = npy_file(folder + "output.npy");
  for (const std::size_t item : {std::size_t{0}, std::size_t{1}}) {
    check_equal(attended<float>(input, options, item).output, expected.at(0, item), 1e-6);
  }
  options.precision = Precision::float64;
  check_equal(attended<double>(input, options, 1).output, expected.at(0, 1), 1e-6);
}

TEST_CASE("causal heads of a trained model") {
  AttendInput input;
  input.query = npy_file("small/gpt/query.npy");
  input.key = npy_file("small/gpt/key.npy");
  AttendOptions options;
  options.causal = true;
  const Tensor expected = npy_file("small/gpt/attention.npy");
  for (const std::size_t layer : {std::size_t{0}, std::size_t{3}}) {
    check_equal(attended<float>(input, options, layer).weights, expected.at(0, layer), 2e-6);
  }
}

TEST_CASE("a group of query heads shares a key head") {
  AttendInput input = two_tokens();
  input.query = tensor({1, 0, 0, 1, 2, 1, 1, 2, 0, 1, 1, 0, 3, 1, 1, 1}, {4, 2, 2});
  input.key = tensor({1, 1, 0, 1, 2, 0, 1, 1}, {2, 2, 2});
  input.value = input.key;
  AttendInput repeated = input;
  repeated.key = tensor({1, 1, 0, 1, 1, 1, 0, 1, 2, 0, 1, 1, 2, 0, 1, 1}, {4, 2, 2});
  repeated.value = repeated.key;
  const auto shared = attended(input, {}), full = attended(repeated, {});
  CHECK(shared.weights == full.weights);
  CHECK(shared.output == full.output);
}

TEST_CASE("grouped heads side by side have a narrower key") {
  AttendInput input;
  input.query = tensor({1, 0, 0, 1}, {1, 4});
  input.key = tensor({1, 2, 3, 4}, {2, 2});
  AttendOptions options;
  options.heads = 2;
  const MultiHeadAttention attention(input, options);
  CHECK(attention.heads() == 2);
  CHECK(attention.keys() == 2);
  input.key = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  CHECK(problem_of(input, options).find("no multiple of 2") != std::string::npos);
}

TEST_CASE("a projection is out times in, with a bias for each output") {
  AttendInput input;
  input.input = tensor({1, 2, 3, 4}, {2, 2});
  input.wq = tensor({1, 0, 0, 1, 1, 1, 0, 0}, {4, 2});
  input.bq = tensor({0, 0, 10, 20}, {4});
  input.wk = input.wq;
  input.bk = input.bq;
  AttendInput direct;
  direct.query = tensor({1, 2, 13, 20, 3, 4, 17, 20}, {2, 4});
  direct.key = direct.query;
  AttendOptions options;
  options.heads = 2;
  CHECK(attended(input, options).weights == attended(direct, options).weights);
}

TEST_CASE("one tensor in float64 that is multiplied asks for products in float64") {
  enum Wide { query, key, value, wo, bo, mask, none };
  const auto single = [](Wide wide) {
    const auto ones = [&](Wide which, const Shape& shape) {
      const std::size_t size = shape.size() == 1 ? 2 : 4;
      return which == wide ? Tensor::from(std::vector<double>(size, 1), shape)
                           : Tensor::from(std::vector<float>(size, 1), shape);
    };
    AttendInput input;
    input.query = ones(query, {2, 2});
    input.key = ones(key, {2, 2});
    input.value = ones(value, {2, 2});
    input.wo = ones(wo, {2, 2});
    input.bo = ones(bo, {2});
    input.mask = ones(mask, {2, 2});
    return MultiHeadAttention(input, {}).single_precision();
  };
  CHECK(single(none));
  CHECK(single(mask));
  for (const Wide wide : {query, key, value, wo, bo}) CHECK_FALSE(single(wide));
}

TEST_CASE("the note reminds of a mask only where nothing hides keys or weighs them") {
  const auto reminds = [](const AttendInput& input, const AttendOptions& options) {
    return MultiHeadAttention(input, options).notes().front().find("(no mask") != std::string::npos;
  };
  CHECK(reminds(two_tokens(), {}));
  AttendInput masked = two_tokens(), biased = two_tokens();
  masked.mask = tensor({1, 0, 1, 1}, {2, 2});
  CHECK_FALSE(reminds(masked, {}));
  biased.bias = tensor({1, 0, 1, 1}, {2, 2});
  CHECK_FALSE(reminds(biased, {}));
  AttendOptions near;
  near.window = 1;
  CHECK_FALSE(reminds(two_tokens(), near));
}

TEST_CASE("what the axes stand for follows from their number and the options") {
  AttendInput input;
  input.query = input.key = tensor(std::vector<double>(24, 1), {2, 3, 4});
  const MultiHeadAttention own_heads(input, {});
  CHECK(own_heads.leading() == Leading::none);
  CHECK(own_heads.heads() == 2);
  AttendOptions options;
  options.heads = 4;
  const MultiHeadAttention batch(input, options);
  CHECK(batch.leading() == Leading::batch);
  CHECK(batch.places() == 2);
  CHECK(batch.heads() == 4);
  input.query = input.key = tensor(std::vector<double>(24, 1), {2, 1, 3, 4});
  const MultiHeadAttention layers(input, {});
  CHECK(layers.leading() == Leading::layer);
  CHECK(layers.places() == 2);
  CHECK(layers.queries() == 3);
}

TEST_CASE("a width that no head has holds several, and someone must say so") {
  AttendInput input;
  input.query = input.key = tensor(std::vector<double>(600, 1), {1, 2, 300});
  CHECK(
      problem_of(input, {}).starts_with("$query: has shape [1, 2, 300], which may be [head, token, "
                                        "width], or [batch, token, width]"));
  AttendOptions one;
  one.axes = axes_named("head,token,width");
  CHECK(problem_of(input, one).empty());
  input.query = input.key = tensor(std::vector<double>(600, 1), {2, 300});
  CHECK(MultiHeadAttention(input, {}).notes().front().ends_with(
      "; $heads N where heads lie side by side in it"));
}

TEST_CASE("a sink logit belongs to a head") {
  AttendInput input;
  input.query = input.key = tensor({0, 0, 0, 0}, {2, 2, 1});
  input.sink_logits = tensor({std::log(2.0), std::log(6.0)}, {2});
  check_equal(attended(input, {}).weights,
              tensor({.25, .25, .25, .25, .125, .125, .125, .125}, {8}), 1e-15);
  AttendOptions sparse;
  sparse.normalizer = Normalizer::sparsemax;
  CHECK(problem_of(input, sparse).find("softmax only") != std::string::npos);
}

TEST_CASE("masks and biases broadcast over heads and layers") {
  AttendInput input;
  input.query = input.key = tensor(std::vector<double>(8, 0), {2, 2, 2, 1});
  input.mask = tensor({1, 1, 1, 0, 0, 1, 1, 1}, {2, 1, 2, 2});
  check_equal(attended(input, {}, 0).weights, tensor({.5, .5, 1, 0, .5, .5, 1, 0}, {8}), 0);
  check_equal(attended(input, {}, 1).weights, tensor({0, 1, .5, .5, 0, 1, .5, .5}, {8}), 0);
}

TEST_CASE("tensors that do not fit together are refused with the option that is wrong") {
  AttendInput input = two_tokens();
  input.key = {};
  CHECK(problem_of(input, {}) == "$key: is missing");
  input = two_tokens();
  input.key = tensor({1, 2, 3}, {1, 3});
  CHECK(problem_of(input, {}) == "$key: has 3 columns in a head, expected 2");
  input = two_tokens();
  input.value = tensor({1, 2, 3}, {3, 1});
  CHECK(problem_of(input, {}) == "$value: has 3 tokens, expected 2");
  input = two_tokens();
  input.query = tensor({1, std::nan(""), 0, 0}, {2, 2});
  CHECK(problem_of(input, {}) == "$query: [0, 1] is NaN, expected finite numbers");
  input = two_tokens();
  input.wo = tensor({1, 2, 3}, {1, 3});
  CHECK(problem_of(input, {}) == "$wo: has shape [1, 3], expected [out, 2]");
  AttendOptions options;
  options.heads = 3;
  CHECK(problem_of(two_tokens(), options) ==
        "$query: gives width 2, which is no multiple of 3 heads");
}

TEST_CASE("layers and batch items that differ in number are called what they are") {
  AttendInput input;
  input.query = tensor(std::vector<double>(8, 1), {2, 1, 2, 2});
  input.key = tensor(std::vector<double>(12, 1), {3, 1, 2, 2});
  CHECK(problem_of(input, {}) == "$key: has 3 layers, expected 2");
  input.query = tensor(std::vector<double>(8, 1), {2, 2, 2});
  input.key = tensor(std::vector<double>(12, 1), {3, 2, 2});
  AttendOptions options;
  options.heads = 1;
  CHECK(problem_of(input, options) == "$key: has 3 batch items, expected 2");
}

TEST_CASE("a scale is a number or none") {
  CHECK(scale_named("none").factor == 1.0);
  CHECK(scale_named("0.125").factor == 0.125);
  CHECK_THROWS_AS(scale_named("half"), ArgumentError);
  CHECK_THROWS_AS(scale_named("inf"), ArgumentError);
}

TEST_CASE("tokens before heads are read so where the axes are named") {
  AttendInput input;
  std::vector<double> numbers(6 * 4 * 2);
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = std::sin(static_cast<double>(i));
  input.query = input.key = Tensor::from(numbers, {1, 6, 4, 2});
  AttendOptions options;
  CHECK(MultiHeadAttention(input, options).notes().front() ==
        "read as [layer, head, token, width]: 1 layer of 6 heads, 4 tokens of width 2, "
        "self-attention, not causal (no mask: $causal for a decoder); $axes "
        "layer,token,head,width would make 4 heads of 6 tokens");
  options.axes = axes_named("batch,token,head,width");
  options.causal = true;
  const MultiHeadAttention attention(input, options);
  CHECK(attention.notes().front() ==
        "read as [batch, token, head, width]: 1 batch item, 4 heads, 6 tokens of width 2, "
        "self-attention, causal");
  CHECK(attention.heads() == 4);
  CHECK(attention.queries() == 6);
  options.axes = axes_named("head,query,key");
  CHECK_THROWS_AS(MultiHeadAttention(input, options), ArgumentError);
  options.axes = axes_named("batch,layer,token,width");
  CHECK_THROWS_AS(MultiHeadAttention(input, options), ArgumentError);
}

TEST_CASE("a mask of one axis is of the keys, others may begin with batch items") {
  AttendInput input;
  input.query = input.key = Tensor::from(std::vector<double>(3 * 2 * 4 * 2, 1.0), {3, 2, 4, 2});
  const auto zeros = [&](const Tensor& mask, std::size_t place) {
    AttendInput masked = input;
    masked.mask = mask;
    Index count = 0;
    MultiHeadAttention(masked, {}).row_blocks<double>(place, 0, [&](const RowBlock<double>& rows) {
      count += (rows.weights.array() == 0).count();
    });
    return count;
  };
  CHECK(zeros(Tensor::from(std::vector<double>{1, 1, 0, 1}, {4}), 0) == 4);
  const Tensor by_item =
      Tensor::from(std::vector<double>{1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 0}, {3, 4});
  CHECK(zeros(by_item, 0) == 0);
  CHECK(zeros(by_item, 1) == 4);
  CHECK(zeros(by_item, 2) == 8);
  std::vector<double> squares(3 * 4 * 4, 1.0);
  squares[16] = squares[32] = squares[33] = 0;
  const Tensor square_by_item = Tensor::from(squares, {3, 4, 4});
  CHECK(zeros(square_by_item, 0) == 0);
  CHECK(zeros(square_by_item, 1) == 1);
  CHECK(zeros(square_by_item, 2) == 2);
  const Tensor square_by_head =
      Tensor::from(std::vector<double>(squares.begin(), squares.begin() + 32), {2, 4, 4});
  CHECK(zeros(square_by_head, 2) == 0);
  input.query = input.key = Tensor::from(std::vector<double>(3 * 2 * 3 * 2, 1.0), {3, 2, 3, 2});
  CHECK_THROWS_AS(zeros(Tensor::from(std::vector<double>(9, 1.0), {3, 3}), 0), InputError);
  input.query = input.key = Tensor::from(std::vector<double>(2 * 2 * 4 * 2, 1.0), {2, 2, 4, 2});
  CHECK_THROWS_AS(zeros(square_by_head, 0), InputError);
}
