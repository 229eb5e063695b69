#include "attention/computed/largest_weights.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include <rapidcheck.h>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "numeric/largest_entries.hpp"

using namespace attngraph;

namespace {

MatrixF random_matrix(Index rows, Index columns, float spread, unsigned seed) {
  std::mt19937 generator(seed);
  std::normal_distribution<float> normal(0, spread);
  MatrixF matrix(rows, columns);
  for (float& value : matrix.reshaped<Eigen::RowMajor>()) value = normal(generator);
  return matrix;
}

struct Found {
  LargestWeights<float> largest;
  Index masked_rows = 0;
};

Found found(const MatrixF& query, const MatrixF& key, const RowRules& rules, std::size_t count) {
  Found all;
  all.masked_rows = for_each_largest_weights<float>(
      query, key, rules, count, [&](const LargestWeights<float>& part) {
        const auto append = [](auto& to, const auto& from) {
          to.insert(to.end(), from.begin(), from.end());
        };
        append(all.largest.query, part.query);
        append(all.largest.key, part.key);
        append(all.largest.weight, part.weight);
      });
  return all;
}

/// The same picked from the whole rows of weights.
Found picked(const MatrixF& query, const MatrixF& key, const RowRules& rules, std::size_t count) {
  Found all;
  all.masked_rows =
      for_each_row_block<float>({query, key, rules}, [&](const RowBlock<float>& block) {
        for (Index row = 0; row < block.weights.rows(); ++row) {
          const std::span<const float> entries(block.weights.row(row).data(),
                                               static_cast<std::size_t>(block.weights.cols()));
          for (const std::size_t i : largest_entries(entries, count)) {
            all.largest.query.push_back(block.first_query + row);
            all.largest.key.push_back(block.first_key + static_cast<Index>(i));
            all.largest.weight.push_back(entries[i]);
          }
        }
      });
  return all;
}

void check_same(const Found& streamed, const Found& whole) {
  RC_ASSERT(streamed.masked_rows == whole.masked_rows);
  RC_ASSERT(streamed.largest.query == whole.largest.query);
  RC_ASSERT(streamed.largest.key == whole.largest.key);
  for (std::size_t i = 0; i < whole.largest.weight.size(); ++i) {
    const float expected = whole.largest.weight[i];
    RC_ASSERT(std::abs(streamed.largest.weight[i] - expected) <= 3e-7F * expected);
  }
}

}  // namespace

TEST_CASE("they are those of the whole rows, whatever hides keys") {
  CHECK(rc::check("whole rows", [] {
    const auto keys = *rc::gen::element<Index>(1, 30, 511, 512, 513, 1400);
    const auto queries = *rc::gen::element<Index>(1, 63, 65, 130);
    const unsigned seed = *rc::gen::arbitrary<unsigned>();
    const MatrixF query = random_matrix(queries, 6, *rc::gen::element(0.1F, 1.0F, 4.0F), seed);
    const MatrixF key = random_matrix(keys, 6, 1, seed + 1);
    RowRules rules;
    rules.scores.causal = *rc::gen::arbitrary<bool>();
    if (*rc::gen::arbitrary<bool>()) rules.scores.window = 40;
    if (*rc::gen::arbitrary<bool>()) rules.scores.softcap = 3;
    if (*rc::gen::arbitrary<bool>()) rules.sink_logit = 5;
    const std::size_t count = *rc::gen::element<std::size_t>(1, 2, 16, 64);
    check_same(found(query, key, rules, count), picked(query, key, rules, count));
  }));
}

TEST_CASE("equal scores go by key, across tiles too") {
  const MatrixF query = MatrixF::Ones(1, 1), key = MatrixF::Ones(2000, 1);
  const Found all = found(query, key, {}, 5);
  CHECK(all.largest.key == std::vector<std::int64_t>{0, 1, 2, 3, 4});
  for (const float weight : all.largest.weight) CHECK(weight == 1.0F / 2000);
}

TEST_CASE("a largest score that comes last rescales everything before it") {
  MatrixF key(1500, 1);
  for (Index k = 0; k < key.rows(); ++k) key(k, 0) = static_cast<float>(k) / 10;
  const Found all = found(MatrixF::Ones(1, 1), key, {}, 2);
  CHECK(all.largest.key == std::vector<std::int64_t>{1499, 1498});
  const double ratio = std::exp(-0.1);  // a geometric series
  CHECK(all.largest.weight[0] == doctest::Approx(1 - ratio).epsilon(1e-5));
  CHECK(all.largest.weight[1] == doctest::Approx((1 - ratio) * ratio).epsilon(1e-5));
}

TEST_CASE("the same bits come from any number of threads") {
  const MatrixF query = random_matrix(300, 4, 2, 5), key = random_matrix(900, 4, 2, 6);
  const Found alone = found(query, key, {}, 7);
  set_worker_threads(3);
  const Found together = found(query, key, {}, 7);
  set_worker_threads(1);
  CHECK(alone.largest.key == together.largest.key);
  CHECK(alone.largest.weight == together.largest.weight);
}

TEST_CASE("products that overflow are refused here too") {
  const MatrixF large = MatrixF::Constant(2, 2, 1e30F);
  CHECK_THROWS_AS(found(large, large, {}, 1), InputError);
}
