#include "report/questions/attend.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/error.hpp"
#include "oracle/npy_file.hpp"
#include "report/recording_sink.hpp"

using namespace attngraph;
using oracle::npy_file;

namespace {

AttendInput gpt() {
  AttendInput input;
  input.query = npy_file("small/gpt/query.npy");
  input.key = npy_file("small/gpt/key.npy");
  return input;
}

AttendReportOptions causal() {
  AttendReportOptions options;
  options.attention.causal = true;
  return options;
}

}  // namespace

TEST_CASE("a matrix leaves for each layer and head, in order") {
  RecordingSink weights;
  attend_report(gpt(), causal(), weights, nullptr);
  CHECK(weights.series.shape == std::vector<std::size_t>{4, 4, 48, 48});
  CHECK(weights.series.single_precision);
  REQUIRE(weights.matrices.size() == 16);
  CHECK(weights.matrices[6].place == MatrixPlace{std::int64_t{1}, std::int64_t{2}});
  const auto expected = npy_file("small/gpt/attention.npy").at(0, 1).at(0, 2).to_doubles();
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(std::abs(weights.matrices[6].values[i] - expected[i]) < 2e-6);
  }
}

TEST_CASE("chosen layers and heads leave alone, under their own numbers") {
  RecordingSink weights, rows;
  AttendReportOptions options = causal();
  options.layers = IndexList::parse("1,-1", "$layer");
  options.heads = IndexList::parse("2", "$head");
  attend_report(gpt(), options, weights, nullptr);
  CHECK(weights.series.shape == std::vector<std::size_t>{2, 1, 48, 48});
  REQUIRE(weights.matrices.size() == 2);
  CHECK(weights.matrices[1].place == MatrixPlace{std::int64_t{3}, std::int64_t{2}});
  options.top_k = 1;
  attend_report(gpt(), options, rows, nullptr);
  REQUIRE(rows.table.size() == 96);
  CHECK(rows.number(95, 0) == 3);
  options.batches = IndexList::parse("1", "$batch");
  CHECK_THROWS_AS(attend_report(gpt(), options, rows, nullptr), ArgumentError);
}

TEST_CASE("features are of all heads, so none can be chosen") {
  RecordingSink weights, features;
  AttendInput input = gpt();
  input.value = input.key;
  AttendReportOptions options = causal();
  options.heads = IndexList::parse("0", "$head");
  CHECK_THROWS_WITH_AS(attend_report(input, options, weights, &features),
                       "$head: does not go with $features-out: features are of all heads",
                       ArgumentError);
}

TEST_CASE("the largest weights of every query are those of the whole matrix") {
  RecordingSink whole, largest;
  AttendReportOptions options = causal();
  attend_report(gpt(), options, whole, nullptr);
  options.top_k = 3;
  attend_report(gpt(), options, largest, nullptr);
  CHECK(largest.columns() == "layer,head,query,key,weight");
  // Queries 0 and 1 see only 1 and 2 keys.
  REQUIRE(largest.table.size() == 16 * (48 * 3 - 2 - 1));
  double last = 2, last_query = -1;
  for (std::size_t row = 0; row < largest.table.size(); ++row) {
    const auto head = static_cast<std::size_t>(largest.number(row, 0) * 4 + largest.number(row, 1));
    const auto query = static_cast<std::size_t>(largest.number(row, 2));
    const auto key = static_cast<std::size_t>(largest.number(row, 3));
    CHECK(largest.number(row, 4) == whole.matrices[head](query, key));
    if (largest.number(row, 2) == last_query) CHECK(largest.number(row, 4) <= last);
    last = largest.number(row, 4);
    last_query = largest.number(row, 2);
  }
}

TEST_CASE("equal weights come in the order of their keys, and zeros do not come at all") {
  AttendInput input;
  input.query = Tensor::from(std::vector<double>{0}, {1, 1});
  input.key = Tensor::from(std::vector<double>{1, 2, 3, 4}, {4, 1});
  input.mask = Tensor::from(std::vector<double>{0, 1, 1, 0}, {1, 4});
  AttendReportOptions options;
  options.top_k = 3;
  RecordingSink weights;
  attend_report(input, options, weights, nullptr);
  REQUIRE(weights.table.size() == 2);
  CHECK(weights.number(0, 3) == 1);
  CHECK(weights.number(1, 3) == 2);
}

TEST_CASE("every item of a batch is answered and its axis kept") {
  const std::string folder = "deck/07-self-attention-module/";
  AttendInput input;
  input.input = npy_file(folder + "x.npy");
  input.wq = npy_file(folder + "wq.npy");
  input.wk = npy_file(folder + "wk.npy");
  input.wv = npy_file(folder + "wv.npy");
  input.wo = npy_file(folder + "wo.npy");
  input.bo = npy_file(folder + "bo.npy");
  AttendReportOptions options;
  options.attention.heads = 4;
  options.attention.shared_projection = true;
  options.attention.scale = {1 / std::sqrt(32.0)};
  RecordingSink weights, features;
  attend_report(input, options, weights, &features);
  CHECK(weights.series.shape == std::vector<std::size_t>{2, 4, 7, 7});
  CHECK(weights.series.place_columns.front().name == "batch");
  CHECK(weights.matrices.back().place ==
        MatrixPlace{std::int64_t{1}, std::int64_t{0}, std::int64_t{3}});
  CHECK(features.series.shape == std::vector<std::size_t>{2, 7, 32});
  REQUIRE(features.matrices.size() == 2);
  const Tensor expected = npy_file(folder + "output.npy");
  for (std::size_t item = 0; item < 2; ++item) {
    const auto values = expected.at(0, item).to_doubles();
    for (std::size_t i = 0; i < values.size(); ++i) {
      CHECK(std::abs(features.matrices[item].values[i] - values[i]) < 1e-6);
    }
  }
}

TEST_CASE("a matrix without heads stays a matrix without heads") {
  AttendInput input;
  input.query = npy_file("deck/03-attention/query.npy");
  input.key = npy_file("deck/03-attention/key.npy");
  RecordingSink weights;
  attend_report(input, {}, weights, nullptr);
  CHECK(weights.series.shape == std::vector<std::size_t>{6, 6});
  CHECK(weights.series.place_columns.size() == 2);
  CHECK_FALSE(weights.series.single_precision);
}

TEST_CASE("fully masked queries are counted over all heads") {
  AttendInput input;
  input.query = input.key = Tensor::from(std::vector<double>(8, 1), {2, 2, 2});
  input.mask = Tensor::from(std::vector<double>{0, 0, 1, 1}, {2, 2});
  RecordingSink weights;
  attend_report(input, {}, weights, nullptr);
  REQUIRE(weights.notes.size() == 2);
  CHECK(weights.notes.back() == "2 rows are fully masked: all weights 0");
  CHECK(weights.matrices[1](0, 0) == 0);
}

TEST_CASE("features need values") {
  RecordingSink weights, features;
  CHECK_THROWS_AS(attend_report(gpt(), causal(), weights, &features), ArgumentError);
}

TEST_CASE("a large matrix leaves in bands of rows, in order") {
  const std::size_t tokens = 700;
  AttendInput input;
  std::vector<float> numbers(tokens * 2);
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = std::sin(static_cast<float>(i));
  input.query = Tensor::from(numbers, {tokens, 2});
  input.key = input.query;
  for (const bool hides_keys : {false, true}) {
    AttendReportOptions options;
    options.attention.causal = hides_keys;
    RecordingSink weights;
    attend_report(input, options, weights, nullptr);
    REQUIRE(weights.matrices.size() == 1);
    CHECK(weights.bands > 1);
    CHECK(weights.matrices.front().rows == tokens);
    for (const std::size_t row : {std::size_t{0}, tokens / 2, tokens - 1}) {
      double sum = 0, ahead = 0;
      for (std::size_t k = 0; k < tokens; ++k) {
        sum += weights.matrices.front()(row, k);
        if (k > row) ahead += weights.matrices.front()(row, k);
      }
      CHECK(sum == doctest::Approx(1).epsilon(1e-6));
      CHECK((ahead == 0) == (hides_keys || row == tokens - 1));
    }
  }
}

TEST_CASE("keys have the labels given, queries of the same sequence its last ones") {
  const Tensor three = Tensor::from(std::vector<double>{1, 0, 0, 1, 1, 1}, {3, 2});
  AttendInput input;
  input.query = input.key = three;
  AttendReportOptions options;
  options.tokens = {"a", "b", "c"};
  options.top_k = 1;
  RecordingSink same;
  attend_report(input, options, same, nullptr);
  CHECK(same.columns() == "layer,head,query,key,weight,query_label,key_label");
  CHECK(same.text(1, 5) == "b");
  CHECK(same.text(1, 6) == std::string(1, static_cast<char>('a' + same.number(1, 3))));

  options.top_k.reset();
  options.attention.causal = true;
  input.query = Tensor::from(std::vector<double>{1, 0, 0, 1}, {2, 2});
  RecordingSink later;
  attend_report(input, options, later, nullptr);
  CHECK(later.series.row_labels == std::vector<std::string>{"b", "c"});
}

TEST_CASE("queries of another sequence have labels of their own, marked as such") {
  AttendInput input;
  input.query = Tensor::from(std::vector<double>{1, 0, 0, 1}, {2, 2});
  input.key = Tensor::from(std::vector<double>{1, 0, 0, 1, 1, 1}, {3, 2});
  AttendReportOptions options;
  options.tokens = {"a", "b", "c"};
  options.top_k = 1;
  RecordingSink keys, both;
  attend_report(input, options, keys, nullptr);
  CHECK(keys.columns() == "layer,head,query,key,weight,query_label,key_label");
  CHECK(keys.text(1, 5) == "q:1");
  CHECK(keys.text(0, 6) == "k:" + options.tokens[static_cast<std::size_t>(keys.number(0, 4))]);
  options.query_tokens = {"x", "y"};
  attend_report(input, options, both, nullptr);
  CHECK(both.columns() == "layer,head,query,key,weight,query_label,key_label");
  CHECK(both.text(1, 5) == "q:y");
}

TEST_CASE("a wrong number of labels is refused, on either side") {
  AttendInput input;
  input.query = input.key = Tensor::from(std::vector<double>{1, 0, 0, 1}, {2, 2});
  AttendReportOptions keys, queries;
  keys.tokens = {"a"};
  queries.query_tokens = {"a", "b", "c"};
  RecordingSink sink;
  CHECK_THROWS_WITH_AS(attend_report(input, keys, sink, nullptr),
                       "$tokens: has 1 label, expected 2, one for each key", InputError);
  CHECK_THROWS_WITH_AS(attend_report(input, queries, sink, nullptr),
                       "$query-tokens: has 3 labels, expected 2, one for each query", InputError);
}
