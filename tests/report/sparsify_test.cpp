#include "report/questions/sparsify.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "attention/attention.hpp"
#include "attention/computed/attend.hpp"
#include "core/error.hpp"
#include "oracle/npy_file.hpp"
#include "report/questions/attend.hpp"
#include "report/recording_sink.hpp"

using namespace attngraph;
using oracle::npy_file;

namespace {

Attention stack_of(const Tensor& tensor) {
  std::vector<Tensor> layers;
  for (std::size_t l = 0; l < tensor.shape()[0]; ++l) layers.push_back(tensor.at(0, l));
  return Attention(layers);
}

struct Expected {
  const char* file;
  std::size_t layer, head;
  SparsifyOptions options;
  double kept, mass_mean, mass_min, frobenius_loss;
};

SparsifyOptions options_of(const RowCriteria& criteria) {
  SparsifyOptions options;
  options.row = criteria;
  return options;
}

}  // namespace

TEST_CASE("reports of trained heads agree with those of another program") {
  const Expected all[] = {
      {"minilm/short/attention.npy", 2, 5, options_of({.threshold = 0.05}), 26, 0.940771967638284,
       0.9082732945680618, 0.047514081726098265},
      {"minilm/short/attention.npy", 2, 5, options_of({.top_k = 3}), 24, 0.8852150642487686,
       0.771131657063961, 0.11650476672286136},
      {"minilm/short/attention.npy", 2, 5, options_of({.top_p = 0.8}), 18, 0.856427812948823,
       0.8005376011133194, 0.13126027291070516},
      {"minilm/short/attention.npy", 2, 5, options_of({.disparity = 0.05}), 8, 0.6713053062558174,
       0.31480878591537476, 0.2772194983321445},
      {"small/gpt/attention.npy", 1, 1, options_of({.top_p = 0.8}), 194, 0.8442455091668913,
       0.8025520741939545, 0.14291758268077298},
      {"small/gpt/attention.npy", 1, 1, options_of({.disparity = 0.05}), 118, 0.6786175907279054,
       0.19435378909111023, 0.3000926172407584},
  };
  for (const auto& expected : all) {
    CAPTURE(expected.file);
    SparsifyReportOptions options;
    options.sparsify = expected.options;
    RecordingSink sink;
    const auto stack = stack_of(npy_file(expected.file));
    stack.causal();
    sparsify_report(stack.selected({expected.layer}, {expected.head}, {}), options, sink, nullptr);
    CHECK(sink.columns() == "layer,head,entries,kept,sparsity,mass_mean,mass_min,frobenius_loss");
    REQUIRE(sink.table.size() == 1);
    CHECK(sink.number(0, 1) == static_cast<double>(expected.head));
    CHECK(sink.number(0, 3) == expected.kept);
    CHECK(sink.number(0, 4) == doctest::Approx(1 - expected.kept / sink.number(0, 2)));
    CHECK(sink.number(0, 5) == doctest::Approx(expected.mass_mean).epsilon(1e-6));
    CHECK(sink.number(0, 6) == doctest::Approx(expected.mass_min).epsilon(1e-6));
    CHECK(sink.number(0, 7) == doctest::Approx(expected.frobenius_loss).epsilon(1e-9));
  }
}

TEST_CASE("slide 12: thresholded weights and what they make of the values") {
  AttendInput input;
  input.query = npy_file("deck/12-sparse/query.npy");
  input.key = npy_file("deck/12-sparse/key.npy");
  input.value = npy_file("deck/12-sparse/value.npy");
  AttendOptions unscaled;
  unscaled.scale = {1.0};
  SparsifyReportOptions options;
  options.sparsify.row.threshold = 0.1;
  options.answer = SparsifyAnswer::matrices;
  RecordingSink weights, features;
  sparsify_report(Attention::computed(MultiHeadAttention(input, unscaled), {}), options, weights,
                  &features);
  CHECK(weights.series.shape == std::vector<std::size_t>{8, 8});
  CHECK(weights.series.row_column.name == "source");
  CHECK(weights.series.skip_zeros);
  const auto sparse = npy_file("deck/12-sparse/weights.npy").to_doubles();
  std::size_t zeros = 0;
  for (std::size_t i = 0; i < sparse.size(); ++i) {
    CHECK(std::abs(weights.matrices[0].values[i] - sparse[i]) < 1e-6);
    if (weights.matrices[0].values[i] == 0) ++zeros;
  }
  CHECK(static_cast<double>(zeros) / 64 ==
        npy_file("deck/12-sparse/zero_fraction.npy").to_doubles()[0]);
  const auto expected = npy_file("deck/12-sparse/output.npy").to_doubles();
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(std::abs(features.matrices[0].values[i] - expected[i]) < 1e-5);
  }
}

TEST_CASE("attention made of queries and keys is answered like the matrices it makes") {
  AttendInput input;
  input.query = npy_file("small/gpt/query.npy");
  input.key = npy_file("small/gpt/key.npy");
  input.value = npy_file("small/gpt/value.npy");
  for (const bool causal : {true, false}) {
    AttendOptions rules;
    rules.causal = causal;
    rules.precision = Precision::float64;
    RecordingSink made;
    attend_report(input, {rules, {}}, made, nullptr);
    std::vector<double> weights;
    for (const auto& matrix : made.matrices) {
      weights.insert(weights.end(), matrix.values.begin(), matrix.values.end());
    }
    const auto stack = stack_of(Tensor::from(weights, {4, 4, 48, 48}));
    stack.causal();
    const Attention attention =
        Attention::computed(MultiHeadAttention(input, rules), {}).selected({1, 3}, {3}, {});
    for (const auto& criteria : {RowCriteria{.top_p = 0.7}, RowCriteria{.disparity = 0.05}}) {
      for (const auto answer :
           {SparsifyAnswer::report, SparsifyAnswer::edges, SparsifyAnswer::matrices}) {
        SparsifyReportOptions options;
        options.sparsify = options_of(criteria);
        options.answer = answer;
        RecordingSink by_blocks, block_features, whole, whole_features;
        sparsify_report(attention, options, by_blocks, &block_features);
        options.value = input.value;
        sparsify_report(stack.selected({1, 3}, {3}, {}), options, whole, &whole_features);
        CHECK(by_blocks.columns() == whole.columns());
        REQUIRE(by_blocks.table.size() == whole.table.size());
        for (std::size_t row = 0; row < whole.table.size(); ++row) {
          for (std::size_t column = 0; column < whole.schema.size(); ++column) {
            CHECK(by_blocks.number(row, column) ==
                  doctest::Approx(whole.number(row, column)).epsilon(1e-12));
          }
        }
        REQUIRE(by_blocks.matrices.size() == whole.matrices.size());
        for (std::size_t i = 0; i < whole.matrices.size(); ++i) {
          CHECK(by_blocks.matrices[i].values == whole.matrices[i].values);
        }
        REQUIRE(block_features.matrices.size() == 2);
        for (std::size_t i = 0; i < 2; ++i) {
          CHECK(block_features.matrices[i].place == whole_features.matrices[i].place);
          for (std::size_t j = 0; j < 48 * 16; ++j) {
            CHECK(block_features.matrices[i].values[j] ==
                  doctest::Approx(whole_features.matrices[i].values[j]).epsilon(1e-9));
          }
        }
      }
    }
  }
}

TEST_CASE("the output loss is that of the renormalised weights") {
  const Attention stack({Tensor::from(std::vector<double>{.75, .25}, {1, 1, 2})});
  SparsifyReportOptions options;
  options.sparsify.row.top_k = 1;
  options.value = Tensor::from(std::vector<double>{4, 8}, {2, 1});
  RecordingSink sink;
  sparsify_report(stack, options, sink, nullptr);
  CHECK(sink.schema.back().name == "output_loss");
  CHECK(sink.number(0, 8) == doctest::Approx(.2));  // 5 becomes 4
}

TEST_CASE("values belong to the layer and head of the file") {
  const auto stack = stack_of(Tensor::from(std::vector<double>{1, 0, 0, 1}, {1, 2, 1, 2}));
  SparsifyReportOptions options;
  options.sparsify.row.top_k = 1;
  options.value = Tensor::from(std::vector<double>{1, 2, 3, 4}, {2, 2, 1});
  RecordingSink sink, features;
  sparsify_report(stack.selected({0}, {1}, {}), options, sink, &features);
  CHECK(features.matrices[0].values == std::vector<double>{4});
  options.value = Tensor::from(std::vector<double>{1, 2}, {1, 2, 1});
  CHECK_THROWS_AS(sparsify_report(stack, options, sink, nullptr), InputError);
  options.value = Tensor::from(std::vector<double>{1, 2, 3}, {3, 1});
  CHECK_THROWS_AS(sparsify_report(stack, options, sink, nullptr), InputError);
}

TEST_CASE("a spanning forest wants as many queries as keys") {
  const Attention stack({Tensor::from(std::vector<double>{.75, .25}, {1, 1, 2})});
  SparsifyReportOptions options;
  options.sparsify.spanning_forest = true;
  RecordingSink sink;
  CHECK_THROWS_AS(sparsify_report(stack, options, sink, nullptr), InputError);
}
