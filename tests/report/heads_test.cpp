#include "report/questions/heads.hpp"

#include <doctest/doctest.h>

#include <random>

#include "attention/attention.hpp"
#include "attention/computed/attend.hpp"
#include "attention/heads/head_statistics.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "recorded_sink.hpp"
#include "report/parts/heads/head_type.hpp"

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
        "next,first,backward,forward,sink_token,sink_label,sink_mass,distant");
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

TEST_CASE("a sink behind the first key is one, where the rate of key 0 alone would be 0") {
  // The mean that Gu et al. take of key 0 is .1 here; that of key 1 is .8.
  const Attention stack(
      {Tensor::from(std::vector<double>{.1, .8, .1, .1, .8, .1, .1, .8, .1}, {1, 3, 3})});
  RecordedSink sink;
  heads_report(stack, {}, sink);
  CHECK(sink.reals("first")[0] == doctest::Approx(.1));
  CHECK(sink.integers("sink_token")[0] == 1);
  CHECK(sink.summaries.at("sink_rate") == 1);
}

TEST_CASE("tokens name the sink and add what follows repetitions") {
  RecordedSink sink;
  heads_report(small_stack({"a", "a"}), {.gini = true}, sink);
  CHECK(sink.header().ends_with("sink_mass,duplicate,induction,gini,distant,copy"));
  CHECK(sink.texts("sink_label")[1] == "a");
  CHECK(sink.reals("duplicate") == std::vector<double>{0, 0, .5, .25});
}

/// Three patches in a row behind a first token.
Attention small_image() {
  return Attention({Tensor::from(
      std::vector<double>{.1, .5, .1, .3, .2, .2, .2, .4, .4, .3, .3, 0, 0, 0, 0, 0}, {1, 4, 4})});
}

TEST_CASE("on a grid heads say how far patches look, and where the target's row is") {
  HeadsOptions options;
  options.grid.size = {1, 3};
  RecordedSink sink;
  heads_report(small_image(), options, sink);
  CHECK(sink.header().ends_with("sink_mass,distant,grid_distance"));
  CHECK(sink.reals("grid_distance")[0] == doctest::Approx((.2 + 2 * .4 + .3) / 2));
  CHECK(sink.notes ==
        std::vector<std::string>{"patches lie in a grid of 1 rows of 3, behind 1 other token"});
  options.target = "0";
  RecordedSink target;
  heads_report(small_image(), options, target);
  CHECK(target.header().ends_with("grid_distance,spatial_entropy"));
  CHECK(target.reals("spatial_entropy")[0] == doctest::Approx(0));  // .5 alone is above the mean
  options.target = "4";
  CHECK_THROWS_WITH_AS(heads_report(small_image(), options, target),
                       "$target: there is no token 4 among 4", ArgumentError);
  const Attention other({Tensor::from(std::vector<double>{.5, .5}, {1, 1, 2})});
  CHECK_THROWS_WITH_AS(heads_report(other, options, target),
                       "has other queries than keys, and $grid asks about patches that are both",
                       InputError);
}

TEST_CASE("copying is looked for in a response and a part of the text") {
  // b predicts a at 2, which is copied from 0; a predicts b at 3 while looking at 1.
  const Attention stack(
      {Tensor::from(std::vector<double>{1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0},
                    {1, 4, 4})},
      {"a", "b", "a", "b"});
  RecordedSink all, part;
  heads_report(stack, {}, all);
  CHECK(all.reals("copy")[0] == doctest::Approx(2. / 3));
  heads_report(stack, {.response = NamedRange{"", 2, 3}, .copied_from = NamedRange{"", 0, 1}},
               part);
  CHECK(part.reals("copy")[0] == doctest::Approx(1. / 2));
  HeadsOptions wrong{.response = NamedRange{"", 0, 9}, .copied_from = NamedRange{"", 0, 1}};
  CHECK_THROWS_WITH_AS(heads_report(stack, wrong, all),
                       "$from: ends at token 9, but there are 4 tokens", ArgumentError);
  CHECK_THROWS_WITH_AS(heads_report(small_stack(), wrong, all),
                       "$from: is about copied tokens, and there are none", ArgumentError);
}

TEST_CASE("offsets take the place of the measures") {
  RecordedSink sink;
  heads_report(small_stack().selected({1}, {0, 1}, std::nullopt), {.offsets = true}, sink);
  CHECK(sink.header() == "layer,head,offset,mass");
  CHECK(sink.integers("offset") == std::vector<std::int64_t>{-1, 0, 1, -1, 0, 1});
  CHECK(sink.reals("mass") == std::vector<double>{1, .5, 0, .5, .5, .5});
  Attention cross = small_stack();
  cross.set_sides(Sides::cross, {});
  CHECK_THROWS_WITH_AS(heads_report(cross, {.offsets = true}, sink),
                       "small: is cross-attention, and $offsets asks where keys stand in one text",
                       InputError);
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
  for (const std::string name :
       {"entropy", "distance", "sink_mass", "induction", "gini", "copy", "distant"}) {
    for (std::size_t h = 0; h < heads; ++h) {
      CHECK(stored.reals(name)[h] == doctest::Approx(streamed.reals(name)[h]).epsilon(1e-12));
    }
  }
  CHECK_THROWS_AS(Attention::computed(made, {"a"}), InputError);
}

}  // namespace
}  // namespace attngraph
