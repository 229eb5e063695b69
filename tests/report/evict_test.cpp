#include "report/questions/evict.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "attention/attention.hpp"
#include "attention/computed/attend.hpp"
#include "core/error.hpp"
#include "reading/words/grouping.hpp"
#include "recorded_sink.hpp"

namespace attngraph {
namespace {

Attention causal(std::vector<std::string> tokens = {}) {
  return Attention(
      {Tensor::from(std::vector<double>{1, 0, 0, 0, .5, .5, 0, 0, .2, .3, .5, 0, .1, .2, .3, .4},
                    {1, 4, 4})},
      std::move(tokens), "a.npy");
}

/// Four query heads that share two heads of keys.
Attention grouped_queries() {
  std::vector<double> query, key, value;
  for (int i = 0; i < 4 * 5 * 2; ++i) query.push_back(std::sin(i));
  for (int i = 0; i < 2 * 5 * 2; ++i) key.push_back(std::cos(3 * i));
  for (int i = 0; i < 2 * 5 * 3; ++i) value.push_back(std::cos(5 * i));
  AttendInput input;
  input.query = Tensor::from(query, {4, 5, 2});
  input.key = Tensor::from(key, {2, 5, 2});
  input.value = Tensor::from(value, {2, 5, 3});
  AttendOptions options;
  options.causal = true;
  return Attention::computed(MultiHeadAttention(input, options), {});
}

EvictOptions budget(const std::string& text) {
  EvictOptions options;
  options.budgets = cache_budgets_named(text, "$budget");
  return options;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("the rotary embedding is refused where there are no queries and keys") {
  EvictOptions options = budget("1");
  options.rope_known = true;
  options.scores.rope_base = 10000;
  RecordedSink sink;
  CHECK_THROWS_WITH_AS(evict_report(causal(), options, sink),
                       "$rope: is about the policy expected, which needs keys of single tokens "
                       "($query and $key)",
                       ArgumentError);
}

TEST_CASE("evict has a row for each policy and budget that the input is enough for") {
  RecordedSink sink;
  evict_report(causal(), budget("1"), sink);
  CHECK(sink.header() == "layer,head,policy,budget,kept,kept_worst");
  CHECK(sink.texts("policy") ==
        Texts{"h2o", "mean", "tova", "snapkv", "recent", "streaming", "random", "oracle"});
  CHECK(sink.integers("budget") == std::vector<std::int64_t>(8, 1));
  // The prompt is tokens 0 and 1; rows 2 and 3 give .2, .1 to the first, .5, .7 to what follows.
  CHECK(sink.reals("kept")[0] == doctest::Approx((.7 + .8) / 2));
  CHECK(sink.reals("kept")[4] == doctest::Approx((.8 + .9) / 2));
  CHECK(sink.reals("kept_worst")[0] == doctest::Approx(.7));
  CHECK(sink.reals("kept")[6] == doctest::Approx((.75 + .85) / 2));
  CHECK(std::isnan(sink.reals("kept_worst")[6]));
  CHECK(std::find(sink.notes.begin(), sink.notes.end(),
                  "left out for want of keys of single tokens ($query and $key): knorm, keydiff, "
                  "expected") != sink.notes.end());
}

TEST_CASE("a budget of the whole prompt keeps everything") {
  EvictOptions options = budget("9,1.0");
  RecordedSink sink;
  evict_report(causal(), options, sink);
  CHECK(sink.integers("budget") == std::vector<std::int64_t>(8, 2));
  for (const double kept : sink.reals("kept")) CHECK(kept == doctest::Approx(1));
}

TEST_CASE("every key of the prompt is listed with its score") {
  EvictOptions options = budget("1");
  options.keys = true;
  options.policies = {CachePolicy::tova, CachePolicy::random, CachePolicy::recent};
  options.prompt = "c";
  RecordedSink sink;
  evict_report(causal({"a", "b", "c", "d"}), options, sink);
  CHECK(sink.header() == "layer,head,policy,budget,token,label,score,kept");
  CHECK(sink.texts("policy") == Texts{"tova", "tova", "recent", "recent"});
  CHECK(sink.texts("label") == Texts{"a", "b", "a", "b"});
  CHECK(sink.reals("score")[0] == .5);
  CHECK(std::isnan(sink.reals("score")[2]));
  CHECK(sink.integers("kept") == std::vector<std::int64_t>{1, 0, 0, 1});
}

TEST_CASE("tokens are called by their places in the file where some are left out") {
  Attention attention = causal({"[CLS]", "b", "c", "d"});
  const Grouping left = without_special(single_tokens(attention.tokens()));
  attention.set_merged({left, left});
  EvictOptions options = budget("1");
  options.keys = true;
  options.policies = {CachePolicy::recent};
  options.prompt = "3";
  RecordedSink sink;
  evict_report(attention, options, sink);
  CHECK(sink.integers("token") == std::vector<std::int64_t>{1, 2});
}

TEST_CASE("rows are per head of keys, over all its query heads") {
  EvictOptions options = budget("2");
  options.rope_known = true;
  options.scores.first = 1;
  RecordedSink sink;
  evict_report(grouped_queries(), options, sink);
  CHECK(sink.header() == "layer,head,policy,budget,kept,kept_worst,output_loss");
  CHECK(sink.integers("head").size() == 24);
  CHECK(sink.integers("head").back() == 1);
  const auto& kept = sink.reals("kept");
  const double oracle = kept[11];
  for (std::size_t i = 0; i < 11; ++i) CHECK(kept[i] <= oracle + 1e-12);
}

TEST_CASE("keys alone say which are kept, and nothing about weights") {
  Attention cache = grouped_queries();
  cache.set_keys_alone();
  EvictOptions options = budget("1");
  RecordedSink sink;
  CHECK_THROWS_WITH_AS(evict_report(cache, options, sink),
                       "$keys: is missing: there are keys alone, and no weights without queries",
                       ArgumentError);
  options.keys = true;
  evict_report(cache, options, sink);
  const auto& policies = sink.texts("policy");
  CHECK(Texts(policies.begin(), policies.begin() + 8) == Texts{"recent", "recent", "streaming",
                                                               "streaming", "knorm", "knorm",
                                                               "keydiff", "keydiff"});
}

TEST_CASE("one token has nothing to forget") {
  RecordedSink sink;
  evict_report(Attention({Tensor::from(std::vector<double>{1}, {1, 1, 1})}), budget("1"), sink);
  CHECK(sink.reals("kept").empty());
}

TEST_CASE("what evict cannot be asked of is refused") {
  RecordedSink sink;
  const Attention both({Tensor::from(std::vector<double>{.5, .5, .5, .5}, {1, 2, 2})}, {}, "a.npy");
  CHECK_THROWS_AS(evict_report(both, budget("1"), sink), InputError);
  const Attention cross({Tensor::from(std::vector<double>{.5, .5}, {1, 1, 2})}, {}, "a.npy");
  CHECK_THROWS_AS(evict_report(cross, budget("1"), sink), InputError);
  EvictOptions options = budget("1");
  options.policies = {CachePolicy::knorm};
  CHECK_THROWS_WITH_AS(evict_report(causal(), options, sink),
                       "$policy: knorm needs keys of single tokens ($query and $key)",
                       ArgumentError);
  options = budget("1");
  options.prompt = "0";
  CHECK_THROWS_AS(evict_report(causal(), options, sink), ArgumentError);
  CHECK_THROWS_AS(check_options(EvictOptions()), ArgumentError);
  options = budget("1");
  options.scores.observe = 0;
  CHECK_THROWS_AS(check_options(options), ArgumentError);
  options = budget("1");
  options.scores.kernel = 0;
  CHECK_THROWS_AS(check_options(options), ArgumentError);
}

}  // namespace attngraph
