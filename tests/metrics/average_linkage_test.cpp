#include "metrics/average_linkage.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <limits>
#include <random>

#include "core/error.hpp"

namespace attngraph {
namespace {

Matrix random_distances(unsigned seed, Index items) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(0, 1);
  Matrix distances = Matrix::Zero(items, items);
  for (Index a = 0; a < items; ++a) {
    for (Index b = a + 1; b < items; ++b) distances(a, b) = distances(b, a) = uniform(random);
  }
  return distances;
}

/// Merges by comparing the mean distance of all pairs of clusters anew at every step.
std::vector<double> merge_distances(const Matrix& distances) {
  std::vector<std::vector<Index>> clusters;
  for (Index i = 0; i < distances.rows(); ++i) clusters.push_back({i});
  std::vector<double> found;
  while (clusters.size() > 1) {
    double nearest = std::numeric_limits<double>::infinity();
    std::size_t left = 0, right = 0;
    for (std::size_t a = 0; a < clusters.size(); ++a) {
      for (std::size_t b = a + 1; b < clusters.size(); ++b) {
        double sum = 0;
        for (const Index i : clusters[a]) {
          for (const Index j : clusters[b]) sum += distances(i, j);
        }
        const double mean = sum / static_cast<double>(clusters[a].size() * clusters[b].size());
        if (mean < nearest) nearest = mean, left = a, right = b;
      }
    }
    found.push_back(nearest);
    clusters[left].insert(clusters[left].end(), clusters[right].begin(), clusters[right].end());
    clusters.erase(clusters.begin() + static_cast<std::ptrdiff_t>(right));
  }
  return found;
}

Matrix line(std::initializer_list<double> places) {
  const auto count = static_cast<Index>(places.size());
  const Eigen::Map<const Vector> x(places.begin(), count);
  Matrix distances(count, count);
  for (Index a = 0; a < count; ++a) {
    for (Index b = 0; b < count; ++b) distances(a, b) = std::abs(x[a] - x[b]);
  }
  return distances;
}

TEST_CASE("near items merge first, and clusters at their mean distance") {
  const std::vector<Merge> merges = average_linkage(line({0, 10, 1, 12}));
  REQUIRE(merges.size() == 3);
  CHECK(merges[0].left == 0);
  CHECK(merges[0].right == 2);
  CHECK(merges[0].distance == 1);
  CHECK(merges[1].left == 1);
  CHECK(merges[1].right == 3);
  CHECK(merges[2].left == 4);
  CHECK(merges[2].right == 5);
  CHECK(merges[2].distance == doctest::Approx((10 + 12 + 9 + 11) / 4.0));
  CHECK(merges[2].size == 4);
  CHECK(leaf_order(merges) == std::vector<std::size_t>{0, 2, 1, 3});
}

TEST_CASE("flat clusters are numbered in the order of the leaves") {
  const std::vector<Merge> merges = average_linkage(line({10, 0, 12, 1}));
  CHECK(flat_clusters(merges, 1) == std::vector<std::size_t>{0, 0, 0, 0});
  CHECK(flat_clusters(merges, 2) == std::vector<std::size_t>{0, 1, 0, 1});
  CHECK(flat_clusters(merges, 3) == std::vector<std::size_t>{0, 2, 1, 2});
  CHECK(flat_clusters(merges, 4) == std::vector<std::size_t>{0, 2, 1, 3});
  CHECK_THROWS_AS(flat_clusters(merges, 0), ArgumentError);
  CHECK_THROWS_AS(flat_clusters(merges, 5), ArgumentError);
}

TEST_CASE("of equal distances the lowest items merge") {
  const std::vector<Merge> merges = average_linkage(Matrix::Ones(4, 4) - Matrix::Identity(4, 4));
  CHECK(merges[0].left == 0);
  CHECK(merges[0].right == 1);
  CHECK(leaf_order(merges) == std::vector<std::size_t>{0, 1, 2, 3});
}

TEST_CASE("a single item is a cluster") {
  const std::vector<Merge> merges = average_linkage(Matrix::Zero(1, 1));
  CHECK(merges.empty());
  CHECK(leaf_order(merges) == std::vector<std::size_t>{0});
  CHECK(flat_clusters(merges, 1) == std::vector<std::size_t>{0});
}

TEST_CASE("remembered neighbours give what comparing all pairs gives") {
  CHECK(rc::check("brute force", [](unsigned seed) {
    const Matrix distances = random_distances(seed, static_cast<Index>(2 + seed % 14));
    const std::vector<Merge> merges = average_linkage(distances);
    const std::vector<double> expected = merge_distances(distances);
    RC_ASSERT(merges.size() == expected.size());
    for (std::size_t i = 0; i < merges.size(); ++i) {
      RC_ASSERT(std::abs(merges[i].distance - expected[i]) < 1e-12);
    }
  }));
}

}  // namespace
}  // namespace attngraph
