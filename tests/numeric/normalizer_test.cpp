#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include <rapidcheck.h>

#include "core/error.hpp"
#include "numeric/normalizer.hpp"
#include "numeric/softmax.hpp"
#include "oracle/naive_attention.hpp"

using namespace attngraph;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();

std::vector<double> weights_of(std::vector<double> scores, Normalizer normalizer) {
  normalize_scores<double>(scores, normalizer);
  return scores;
}

void check_near(const std::vector<double>& actual, const std::vector<double>& expected,
                double tolerance) {
  REQUIRE(actual.size() == expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) {
    CAPTURE(i);
    CHECK(std::abs(actual[i] - expected[i]) <= tolerance);
  }
}

/// Scores between -8 and 8, at least one.
rc::Gen<std::vector<double>> some_scores() {
  return rc::gen::map(
      rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(-800, 800))),
      [](const std::vector<int>& numbers) {
        std::vector<double> scores;
        for (const int number : numbers) scores.push_back(number / 100.0);
        return scores;
      });
}

const std::vector<std::pair<Normalizer, double>> all_normalizers = {
    {Normalizer::softmax, 1.0}, {Normalizer::entmax15, 1.5}, {Normalizer::sparsemax, 2.0}};

}  // namespace

TEST_CASE("the three normalisers give their published weights") {
  const std::vector<double> scores = {-2, 0, 0.5};
  check_near(weights_of(scores, Normalizer::sparsemax), {0, .25, .75}, 1e-15);
  check_near(weights_of(scores, Normalizer::entmax15), {0, .3260, .6740}, 5e-5);
  check_near(weights_of(scores, Normalizer::softmax), {.0486, .3592, .5922}, 5e-5);
}

TEST_CASE("huge scores do not overflow") {
  std::vector<float> single = {1000, 999, -1000};
  CHECK(softmax<float>(single));
  CHECK(single[0] == doctest::Approx(0.73105858));
  CHECK(single[2] == 0);
  std::vector<double> twice = {1e300, 1e300, -1e300};
  CHECK(softmax<double>(twice));
  CHECK(twice == std::vector<double>{0.5, 0.5, 0});
}

TEST_CASE("a masked score gets exactly zero, however long the row") {
  for (std::size_t length = 1; length < 40; ++length) {
    for (const auto& [normalizer, alpha] : all_normalizers) {
      std::vector<float> scores(length + 1, 0);
      scores[length / 2] = -std::numeric_limits<float>::infinity();
      CHECK(normalize_scores<float>(scores, normalizer));
      CHECK(scores[length / 2] == 0);
    }
  }
}

TEST_CASE("a score far below the largest gets exactly zero, not a tiny edge") {
  std::vector<float> scores(16, -200);
  scores[3] = 0;
  CHECK(softmax<float>(scores));
  CHECK(std::count(scores.begin(), scores.end(), 0.0f) == 15);
}

TEST_CASE("a fully masked row becomes zeros and says so") {
  for (const auto& [normalizer, alpha] : all_normalizers) {
    std::vector<double> scores = {-inf, -inf, -inf};
    CHECK_FALSE(normalize_scores<double>(scores, normalizer));
    CHECK(scores == std::vector<double>{0, 0, 0});
  }
}

TEST_CASE("a score that is not a number or infinite is refused") {
  for (const auto& [normalizer, alpha] : all_normalizers) {
    std::vector<double> nan = {0, std::nan(""), 1};
    CHECK_THROWS_AS(normalize_scores<double>(nan, normalizer), InputError);
    std::vector<double> infinite = {0, inf};
    CHECK_THROWS_AS(normalize_scores<double>(infinite, normalizer), InputError);
  }
}

TEST_CASE("a sink takes its share of the sum") {
  std::vector<double> scores = {0, 0};
  CHECK(softmax<double>(scores, std::log(2.0)));
  check_near(scores, {.25, .25}, 1e-15);
  std::vector<double> drowned = {0, 0};
  CHECK(softmax<double>(drowned, 5000.0));
  CHECK(drowned == std::vector<double>{0, 0});
}

TEST_CASE("weights agree with bisection and sum to 1") {
  for (const auto& [normalizer, alpha] : all_normalizers) {
    CHECK(rc::check("weights agree with bisection", [&, kind = normalizer, power = alpha] {
      const auto scores = *some_scores();
      const auto weights = weights_of(scores, kind);
      const auto expected = oracle::normalized(scores, power);
      double sum = 0;
      for (std::size_t i = 0; i < scores.size(); ++i) {
        RC_ASSERT(std::abs(weights[i] - expected[i]) < 1e-12);
        sum += weights[i];
      }
      RC_ASSERT(std::abs(sum - 1) < 1e-12);
    }));
  }
}

TEST_CASE("a constant added to all scores changes nothing") {
  for (const auto& [normalizer, alpha] : all_normalizers) {
    CHECK(rc::check("shift", [&, kind = normalizer] {
      const auto scores = *some_scores();
      const double shift = *rc::gen::inRange(-64, 64);
      auto shifted = scores;
      for (double& score : shifted) score += shift;
      const auto a = weights_of(scores, kind), b = weights_of(shifted, kind);
      for (std::size_t i = 0; i < a.size(); ++i) RC_ASSERT(std::abs(a[i] - b[i]) < 1e-12);
    }));
  }
}
