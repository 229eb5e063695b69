#include "report/questions/heads.hpp"

#include <doctest/doctest.h>

#include <random>

#include "attention/attention.hpp"
#include "attention/computed/attend.hpp"
#include "attention/heads/head_statistics.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "recorded_sink.hpp"
#include "report/parts/head_type.hpp"

namespace attngraph {
namespace {

/// Two layers of two heads on two tokens: self, next for query 0, the first token, uniform.
Attention small_stack(std::vector<std::string> tokens = {}) {
  return Attention({Tensor::from(std::vector<double>{1, 0, 0, 1, 0, 1, 0, 1}, {2, 2, 2}),
                    Tensor::from(std::vector<double>{1, 0, 1, 0, .5, .5, .5, .5}, {2, 2, 2})},
                   std::move(tokens), "small");
}

TEST_CASE("heads has a row for each head and the promised columns") {
  RecordedSink sink;
  heads_report(small_stack(), {}, sink);
  CHECK(sink.header() ==
        "layer,head,type,entropy,entropy_normalized,support,max_weight,distance,self,previous,"
        "next,first,backward,forward,sink_token,sink_label,sink_mass");
  CHECK(sink.integers("layer") == std::vector<std::int64_t>{0, 0, 1, 1});
  CHECK(sink.integers("head") == std::vector<std::int64_t>{0, 1, 0, 1});
  CHECK(sink.reals("self") == std::vector<double>{1, .5, .5, .5});
  CHECK(sink.integers("sink_token") == std::vector<std::int64_t>{0, 1, 0, 0});
  CHECK(sink.texts("sink_label") == std::vector<std::string>{"0", "1", "0", "0"});
}

TEST_CASE("the sink rate counts heads with more than 0.3 on one key") {
  Matrix spread = Matrix::Constant(4, 4, .25);
  std::vector<double> weights(spread.data(), spread.data() + 16);
  const Attention stack({Tensor::from(weights, {1, 4, 4})});
  RecordedSink none;
  heads_report(stack, {}, none);
  CHECK(none.summaries.at("sink_rate") == 0);
  RecordedSink all;
  heads_report(small_stack(), {}, all);
  CHECK(all.summaries.at("sink_rate") == 1);
}

TEST_CASE("tokens name the sink and add what follows repetitions") {
  RecordedSink sink;
  heads_report(small_stack({"a", "a"}), {.gini = true}, sink);
  CHECK(sink.header().ends_with("sink_mass,duplicate,induction,gini"));
  CHECK(sink.texts("sink_label")[1] == "a");
  CHECK(sink.reals("duplicate") == std::vector<double>{0, 0, .5, .25});
}

TEST_CASE("any number of threads gives the same rows") {
  RecordedSink alone, together;
  heads_report(small_stack(), {.gini = true}, alone);
  set_worker_threads(3);
  heads_report(small_stack(), {.gini = true}, together);
  set_worker_threads(1);
  CHECK(alone.table == together.table);
}

TEST_CASE("a fused layer is named after its fusion") {
  RecordedSink sink;
  heads_report(small_stack().selected({1}, {0, 1}, Fuse::mean), {}, sink);
  CHECK(sink.texts("head") == std::vector<std::string>{"mean"});
  CHECK(sink.reals("first") == std::vector<double>{.75});
}

TEST_CASE("the type of a head is the first rule that holds") {
  HeadStatistics head;
  CHECK(head_type(head) == "mixed");
  head.entropy_normalized = .9;
  CHECK(head_type(head) == "broad");
  head.duplicate = .3;
  CHECK(head_type(head) == "duplicate");
  head.induction = .3;
  CHECK(head_type(head) == "induction");
  head.previous = head.self = .3;
  CHECK(head_type(head) == "local");
  head.sink_mass = .31;
  CHECK(head_type(head) == "sink");
  head.self = .4;
  CHECK(head_type(head) == "self");
  head.next = .4;
  CHECK(head_type(head) == "next");
  head.previous = .4;
  CHECK(head_type(head) == "previous");
}

TEST_CASE("queries and keys give the statistics of the weights they make") {
  std::mt19937 random(1);
  std::normal_distribution<double> normal;
  constexpr std::size_t heads = 2, tokens = 5, width = 3;
  std::vector<double> queries(heads * tokens * width), keys(queries.size());
  for (double& x : queries) x = normal(random);
  for (double& x : keys) x = normal(random);
  AttendInput input;
  input.query = Tensor::from(queries, {heads, tokens, width});
  input.key = Tensor::from(keys, {heads, tokens, width});
  AttendOptions options;
  options.causal = true;
  const MultiHeadAttention made(input, options);

  std::vector<double> weights(heads * tokens * tokens, 0.0);
  for (std::size_t h = 0; h < heads; ++h) {
    made.row_blocks<double>(0, h, [&](const RowBlock<double>& block) {
      for (Index r = 0; r < block.weights.rows(); ++r) {
        for (Index c = 0; c < block.weights.cols(); ++c) {
          const auto q = static_cast<std::size_t>(block.first_query + r);
          const auto k = static_cast<std::size_t>(block.first_key + c);
          weights[(h * tokens + q) * tokens + k] = block.weights(r, c);
        }
      }
    });
  }
  const std::vector<std::string> labels{"a", "b", "a", "c", "b"};
  const Attention stack({Tensor::from(weights, {heads, tokens, tokens})}, labels);
  RecordedSink stored, streamed;
  heads_report(stack, {.gini = true}, stored);
  heads_report(Attention::computed(made, labels), {.gini = true}, streamed);
  CHECK(stored.header() == streamed.header());
  for (const std::string name : {"entropy", "distance", "sink_mass", "induction", "gini"}) {
    for (std::size_t h = 0; h < heads; ++h) {
      CHECK(stored.reals(name)[h] == doctest::Approx(streamed.reals(name)[h]).epsilon(1e-12));
    }
  }
  CHECK_THROWS_AS(Attention::computed(made, {"a"}), InputError);
}

}  // namespace
}  // namespace attngraph
