#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "attention/cache/cache_policy.hpp"
#include "attention/cache/cache_scores.hpp"
#include "attention/cache/prompt_tally.hpp"
#include "core/error.hpp"

namespace attngraph {
namespace {

using Keys = std::vector<std::size_t>;

/// A causal head of six tokens.
const Matrix weights = (Matrix(6, 6) <<  //
                            1,
                        0, 0, 0, 0, 0,          //
                        .5, .5, 0, 0, 0, 0,     //
                        .2, .3, .5, 0, 0, 0,    //
                        .1, .2, .3, .4, 0, 0,   //
                        .4, .1, .1, .1, .3, 0,  //
                        .1, .1, .2, .3, .1, .2)
                           .finished();

CacheEvidence evidence(std::size_t prompt, std::size_t window = 2) {
  PromptTally tally(prompt, window);
  for (Index q = 0; q < 6; ++q) {
    tally.add(static_cast<std::size_t>(q), 0, {weights.row(q).data(), 6});
  }
  CacheEvidence found;
  found.prompt = prompt;
  found.mass = tally.finish();
  return found;
}

Keys order(CachePolicy policy, const CacheEvidence& of, const CacheScoreOptions& options = {}) {
  return cache_order(policy, of, options).order;
}

KeptKeys kept(Vector keeps) { return {std::move(keeps), false, 0}; }

}  // namespace

TEST_CASE("policies by weights order the keys of the prompt as their scores say") {
  const CacheEvidence four = evidence(4);
  CHECK(four.mass.received.isApprox(Vector{{1.8, 1.0, .8, .4}}, 1e-14));
  CHECK(four.mass.future.isApprox(Vector{{.5, .2, .3, .4}}, 1e-14));
  CHECK(order(CachePolicy::h2o, four) == Keys{0, 1, 2, 3});
  // 1.8/4, 1/3, .8/2, .4/1
  CHECK(order(CachePolicy::mean, four) == Keys{0, 2, 3, 1});
  CHECK(order(CachePolicy::tova, four) == Keys{3, 2, 1, 0});
  CHECK(order(CachePolicy::oracle, four) == Keys{0, 3, 2, 1});
  CHECK(order(CachePolicy::recent, four) == Keys{3, 2, 1, 0});
  CHECK(order(CachePolicy::random, four).empty());
}

TEST_CASE("streaming keeps the first keys in order, then the most recent") {
  CacheScoreOptions options;
  options.first = 2;
  CHECK(order(CachePolicy::streaming, evidence(5), options) == Keys{0, 1, 4, 3, 2});
  options.first = 9;
  CHECK(order(CachePolicy::streaming, evidence(3), options) == Keys{0, 1, 2});
}

TEST_CASE("snapkv keeps its window first, then by a smoothed mean with zeros at both ends") {
  CacheScoreOptions options;
  options.observe = 2;
  options.kernel = 3;
  const CacheOrder found = cache_order(CachePolicy::snapkv, evidence(5), options);
  // The mean of rows 3 and 4 over keys 0 to 2 is .25, .15, .2.
  CHECK(found.score[0] == doctest::Approx(.4 / 3));
  CHECK(found.score[1] == doctest::Approx(.6 / 3));
  CHECK(found.score[2] == doctest::Approx(.35 / 3));
  CHECK(std::isnan(found.score[3]));
  CHECK(found.order == Keys{4, 3, 1, 0, 2});
  options.observe = 64;
  CHECK(order(CachePolicy::snapkv, evidence(5, 64), options) ==
        order(CachePolicy::recent, evidence(5)));
}

TEST_CASE("policies by keys and values") {
  CacheEvidence four = evidence(4);
  four.key = (Matrix(6, 2) << 4, 0, 0, 1, 2, 0, 0, 0, 9, 9, 9, 9).finished();
  four.value = (Matrix(6, 1) << 1, -9, 1, 2, 5, 5).finished();
  CHECK(order(CachePolicy::knorm, four) == Keys{3, 1, 2, 0});
  // The mean direction is (2, 1)/4: cosines .894, .447, .894 and none.
  CHECK(order(CachePolicy::keydiff, four) == Keys{3, 1, 0, 2});
  // .45, 3, .4, .8
  CHECK(order(CachePolicy::vnorm, four) == Keys{1, 3, 0, 2});
}

TEST_CASE("keys and values whose squares overflow have lengths like others") {
  CacheEvidence four = evidence(4);
  four.key = 1e250 * (Matrix(6, 2) << 4, 0, 0, 1, 2, 0, 0, 3, 9, 9, 9, 9).finished();
  four.value = 1e200 * (Matrix(6, 1) << 1, -9, 1, 2, 5, 5).finished();
  CHECK(order(CachePolicy::knorm, four) == Keys{1, 2, 3, 0});
  CHECK(cache_order(CachePolicy::knorm, four, {})
            .score.isApprox(-1e250 * Vector{{4, 1, 2, 3}}, 1e-14));
  CHECK(order(CachePolicy::vnorm, four) == Keys{1, 3, 0, 2});
  // The mean direction is (1, 1)/2: all are as near to it.
  CHECK(cache_order(CachePolicy::keydiff, four, {})
            .score.isApprox(Vector::Constant(4, -std::sqrt(.5)), 1e-14));
  four.queries = {four.key};
  four.query_keys = four.query_places = {0, 1, 2, 3, 4, 5};
  four.end_place = 4;
  CacheScoreOptions all;
  all.first = 0;
  CHECK_THROWS_WITH_AS(cache_order(CachePolicy::expected, four, all),
                       "$key: makes scores so large that they overflow", InputError);
}

TEST_CASE("expected weighs keys by the mean and covariance of the prompt's queries") {
  CacheEvidence four = evidence(4);
  four.key = (Matrix(6, 2) << 0, 0, 1, 0, 0, 1, -1, 0, 0, 0, 0, 0).finished();
  four.value = Matrix::Ones(6, 1);
  four.queries = {(Matrix(6, 2) << 5, 5, 2, 0, 4, 0, 0, 0, 7, 7, 7, 7).finished()};
  four.query_keys = four.query_places = {0, 1, 2, 3, 4, 5};
  four.end_place = 4;
  CacheScoreOptions options;
  options.first = 1;
  // Queries 1 to 3: mean (2, 0), variance 8/3 of the first number.
  const double root = std::sqrt(2.);
  const Vector logits{{2 / root + 8. / 12, 0, -2 / root + 8. / 12}};
  const Vector expected = logits.array().exp() / logits.array().exp().sum();
  const CacheOrder found = cache_order(CachePolicy::expected, four, options);
  CHECK(std::isnan(found.score[0]));
  CHECK(found.score.tail(3).isApprox(expected, 1e-14));
  CHECK(found.order == Keys{0, 1, 2, 3});
  options.rope_base = 10000;
  four.key.conservativeResize(6, 1);
  four.queries[0].conservativeResize(6, 1);
  CHECK_THROWS_WITH_AS(cache_order(CachePolicy::expected, four, options),
                       "$rope: pairs the halves of a width, and that of the keys is 1", InputError);
  options.rope_base.reset();
  four.query_keys = {4, 5, 6, 7, 8, 9};
  CHECK_THROWS_AS(cache_order(CachePolicy::expected, four, options), InputError);
}

TEST_CASE("equal scores keep the lower key") {
  CacheEvidence flat;
  flat.prompt = 3;
  const Vector same = Vector::Constant(3, .25);
  flat.mass = {same, same, same, same};
  CHECK(order(CachePolicy::h2o, flat) == Keys{0, 1, 2});
  CHECK(order(CachePolicy::oracle, flat) == Keys{0, 1, 2});
}

TEST_CASE("what is kept is the mass on kept keys and on all behind the prompt") {
  const std::vector<KeptKeys> sets{kept(Vector{{1, 0, 0, 1}}),
                                   kept(Vector::Zero(4)),
                                   kept(Vector::Ones(4)),
                                   {Vector(), true, 2}};
  const Matrix none;
  KeptTally tally(4, sets, none);
  tally.add({weights.row(4).data(), 6});
  tally.add({weights.row(5).data(), 6});
  const std::vector<double> zeros(6, 0.0);
  tally.add(zeros);
  CHECK(tally.mean(0) == doctest::Approx((.8 + .7) / 2));
  CHECK(tally.worst(0) == doctest::Approx(.7));
  CHECK(tally.mean(1) == doctest::Approx(.3));
  CHECK(tally.mean(2) == doctest::Approx(1));
  CHECK(tally.mean(3) == doctest::Approx(.3 + .7 / 2));
  CHECK(std::isnan(tally.worst(3)));
  CHECK(std::isnan(tally.output_loss(0)));
}

TEST_CASE("the output's loss is that of rows divided by what is left of them") {
  const Matrix value = (Matrix(6, 1) << 1, 0, 0, 0, 0, 0).finished();
  const std::vector<KeptKeys> sets{kept(Vector{{1, 0, 0, 0}}), kept(Vector::Ones(4))};
  KeptTally tally(4, sets, value);
  tally.add({weights.row(4).data(), 6});
  // .4 before, .4/.7 after
  CHECK(tally.output_loss(0) == doctest::Approx((.4 / .7 - .4) / .4));
  CHECK(tally.output_loss(1) == doctest::Approx(0));
}

TEST_CASE("no row behind the prompt leaves no number") {
  const std::vector<KeptKeys> sets{kept(Vector::Ones(2))};
  const Matrix none;
  CHECK(std::isnan(KeptTally(2, sets, none).mean(0)));
  CHECK(std::isnan(KeptTally(2, sets, none).worst(0)));
}

TEST_CASE("budgets are keys, or shares with a decimal point") {
  const auto budgets = cache_budgets_named("1,8,1.0,0.5,.29", "--budget");
  REQUIRE(budgets.size() == 5);
  const auto of = [&](std::size_t i) { return budgets[i].of(100); };
  CHECK(of(0) == 1);
  CHECK(of(1) == 8);
  CHECK(of(2) == 100);
  CHECK(of(3) == 50);
  CHECK(of(4) == 29);
  CHECK(budgets[1].of(5) == 5);
  for (const char* text : {"", "1,", "x", "1.5", "-1", "0.5x"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(cache_budgets_named(text, "$budget"), ArgumentError);
  }
}

TEST_CASE("policies are named once each, or all") {
  CHECK(cache_policies_named("all", "$policy").empty());
  CHECK(cache_policies_named("tova,h2o,tova", "$policy") ==
        std::vector<CachePolicy>{CachePolicy::tova, CachePolicy::h2o});
  CHECK_THROWS_WITH_AS(cache_policies_named("tova,lru", "$policy"),
                       "$policy: there is no policy 'lru'", ArgumentError);
}

}  // namespace attngraph
