#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "attention/attention.hpp"
#include "graph/edge_arrays.hpp"
#include "metrics/random_attention.hpp"
#include "metrics/structure/clustering.hpp"
#include "metrics/structure/communities.hpp"
#include "metrics/structure/leiden.hpp"
#include "metrics/structure/pieces.hpp"
#include "metrics/structure/reciprocity.hpp"
#include "metrics/structure/triads.hpp"
#include "metrics/walks/degrees.hpp"
#include "oracle/npy_file.hpp"

namespace attngraph {
namespace {

using Labels = std::vector<std::int32_t>;

LinkedPairs pairs_of(const Matrix& weights) {
  return linked_pairs(edge_arrays(weights, Direction::attends));
}

LinkedPairs links(std::size_t nodes, std::vector<std::int32_t> source,
                  std::vector<std::int32_t> target) {
  return linked_pairs({nodes, source, target, std::vector<double>(source.size(), 1)});
}

Matrix without_loops(Matrix weights) {
  weights.diagonal().setZero();
  return weights;
}

/// The largest modularity of any partition, by all subsets: the best partition of a set is the best
/// part with its first node, and the best partition of the rest.
double exact_modularity(const Matrix& all, double resolution) {
  const Matrix weights = without_loops(all);
  const double total = weights.sum();
  const auto n = static_cast<unsigned>(weights.rows());
  const Matrix gain =
      weights - resolution / total * weights.rowwise().sum() * weights.colwise().sum();
  std::vector<double> inside(1u << n, 0), best(1u << n, 0);
  for (unsigned set = 1; set < inside.size(); ++set) {
    const auto first = static_cast<Index>(std::countr_zero(set));
    const unsigned rest = set & (set - 1);
    inside[set] = inside[rest] + gain(first, first);
    for (Index v = 0; v < weights.rows(); ++v) {
      if (rest >> v & 1u) inside[set] += gain(first, v) + gain(v, first);
    }
    best[set] = inside[set];
    for (unsigned left = rest; left > 0; left = (left - 1) & rest) {
      best[set] = std::max(best[set], inside[set ^ left] + best[left]);
    }
  }
  return best.back() / total;
}

Matrix cats() {
  const Tensor stack = oracle::npy_file("minilm/cats/attention.npy");
  return Attention({stack.at(0, 2)}).head(0, 5);
}

/// One pass of Louvain's algorithm, nodes and groups in their order: nodes move where they gain
/// most until none does, groups become nodes, and again.
Labels louvain(Matrix gain) {
  Labels label(static_cast<std::size_t>(gain.rows()));
  std::iota(label.begin(), label.end(), 0);
  for (bool moved = true; moved;) {
    const auto n = static_cast<std::size_t>(gain.rows());
    Labels group(n);
    std::iota(group.begin(), group.end(), 0);
    moved = false;
    for (bool again = true; again;) {
      again = false;
      for (std::size_t v = 0; v < n; ++v) {
        std::vector<double> to(n, 0);
        for (std::size_t u = 0; u < n; ++u) {
          if (u != v)
            to[static_cast<std::size_t>(group[u])] +=
                gain(static_cast<Index>(v), static_cast<Index>(u));
        }
        std::int32_t best = group[v];
        for (std::size_t g = 0; g < n; ++g) {
          if (to[g] > to[static_cast<std::size_t>(best)] + 1e-12)
            best = static_cast<std::int32_t>(g);
        }
        again = again || best != group[v];
        group[v] = best;
      }
      moved = moved || again;
    }
    const NodeGroups groups = numbered(group);
    Matrix members = Matrix::Zero(gain.rows(), static_cast<Index>(groups.count));
    for (std::size_t v = 0; v < n; ++v) members(static_cast<Index>(v), groups.of_node[v]) = 1;
    gain = members.transpose() * gain * members;
    for (std::int32_t& node : label) node = groups.of_node[static_cast<std::size_t>(node)];
  }
  return label;
}

}  // namespace

TEST_CASE("groups are numbered in the order of their first nodes") {
  const NodeGroups groups = numbered({7, 2, 7, 0, 2});
  CHECK(groups.count == 3);
  CHECK(groups.of_node == Labels{0, 1, 0, 2, 1});
  CHECK(groups.largest() == 2);
  CHECK(numbered({}).largest() == 0);
}

TEST_CASE("pairs know both directions, without loops, and add up what stands twice") {
  const LinkedPairs pairs = linked_pairs({3, {0, 2, 0, 1, 2}, {1, 0, 1, 1, 1}, {.5, 1, .25, 9, 0}});
  CHECK(pairs.first == std::vector<std::size_t>{0, 2, 3, 4});
  CHECK(pairs.other == Labels{1, 2, 0, 0});
  CHECK(pairs.there == std::vector<double>{.75, 0, 0, 1});
  CHECK(pairs.back == std::vector<double>{0, 1, .75, 0});
}

TEST_CASE("weak pieces ignore directions, strong ones need a way back") {
  // 4 -> 0 <-> 2, 1 -> 3
  const LinkedPairs pairs = links(6, {4, 0, 2, 1}, {0, 2, 0, 3});
  CHECK(weak_pieces(pairs).of_node == Labels{0, 1, 0, 1, 0, 2});
  CHECK(strong_pieces(pairs).of_node == Labels{0, 1, 0, 2, 3, 4});
  CHECK(strong_pieces(pairs).largest() == 2);
}

TEST_CASE("core numbers are igraph's") {
  std::mt19937_64 random(31);
  for (int round = 0; round < 40; ++round) {
    const Matrix weights = random_attention(random, 1 + round % 25, Kind::sparse);
    const Vector known = coreness(Graph(edge_arrays(weights, Direction::attends)));
    const auto cores = core_numbers(pairs_of(weights));
    CHECK(std::equal(cores.begin(), cores.end(), known.begin(), known.end()));
  }
}

TEST_CASE("reciprocity is the share of edges with a way back, or of weight") {
  CHECK(reciprocity(links(3, {0, 1, 2}, {1, 0, 1})) == doctest::Approx(2. / 3));
  CHECK(reciprocity(links(3, {}, {})) == 0);
  CHECK(weighted_reciprocity(deck_matrix()) == doctest::Approx(.8).epsilon(1e-14));
  CHECK(weighted_reciprocity(pairs_of(deck_matrix())) == doctest::Approx(.8).epsilon(1e-14));
  CHECK(weighted_reciprocity(Matrix(Matrix::Identity(3, 3))) == 0);
}

TEST_CASE("a triangle of edges is closed for its share of the eight ways it could be") {
  CHECK(clustering(links(3, {0, 1, 2}, {1, 2, 0})) == doctest::Approx(.5));  // a cycle
  CHECK(clustering(links(3, {0, 1, 2, 1, 2, 0}, {1, 2, 0, 0, 1, 2})) == doctest::Approx(1));
  CHECK(clustering(links(3, {0, 1, 2}, {1, 0, 1})) == 0);
  CHECK(clustering(links(4, {0, 1, 2, 3}, {1, 2, 0, 0})) ==
        doctest::Approx((.5 + .5 + 1. / 6) / 4));
}

TEST_CASE("weighted clustering of a matrix and of its edges is the sum over all triples") {
  std::mt19937_64 random(32);
  for (int round = 0; round < 40; ++round) {
    const Matrix w = without_loops(random_attention(random, 1 + round % 12, all_kinds[round % 5]));
    const Index n = w.rows();
    const double largest = w.maxCoeff();
    double expected = 0;
    for (Index i = 0; i < n; ++i) {
      double closed = 0, edges = 0, both = 0;
      for (Index j = 0; j < n; ++j) {
        edges += (w(i, j) > 0 ? 1 : 0) + (w(j, i) > 0 ? 1 : 0);
        both += w(i, j) > 0 && w(j, i) > 0 ? 1 : 0;
        for (Index k = 0; k < n && largest > 0; ++k) {
          const auto u = [&](Index a, Index b) {
            return std::cbrt(w(a, b) / largest) + std::cbrt(w(b, a) / largest);
          };
          if (i != j && j != k && k != i) closed += u(i, j) * u(j, k) * u(k, i);
        }
      }
      const double could = 2 * (edges * (edges - 1) - 2 * both);
      if (could > 0) expected += closed / could / static_cast<double>(n);
    }
    CHECK(weighted_clustering(w) == doctest::Approx(expected).epsilon(1e-12));
    CHECK(weighted_clustering(pairs_of(w)) == doctest::Approx(expected).epsilon(1e-12));
  }
}

TEST_CASE("two cliques that a weak edge joins are two communities") {
  Matrix weights = Matrix::Zero(6, 6);
  weights.topLeftCorner(3, 3).setOnes();
  weights.bottomRightCorner(3, 3).setOnes();
  weights(2, 3) = .1;
  for (const bool sparse : {false, true}) {
    const MutualWeights mutual =
        sparse ? mutual_weights(pairs_of(weights)) : mutual_weights(weights);
    CHECK(communities(mutual).groups.of_node == Labels{0, 0, 0, 1, 1, 1});
  }
}

TEST_CASE("one run finds a ring of cliques, wherever it begins") {
  constexpr Index cliques = 6, size = 5;
  Matrix weights = Matrix::Zero(cliques * size, cliques * size);
  Labels expected;
  for (Index c = 0; c < cliques; ++c) {
    weights.block(c * size, c * size, size, size).setOnes();
    weights(c * size, (c + 1) % cliques * size + 1) = .2;
    expected.insert(expected.end(), size, static_cast<std::int32_t>(c));
  }
  for (std::uint64_t seed = 0; seed < 16; ++seed) {
    CAPTURE(seed);
    CHECK(numbered(leiden(mutual_weights(weights), 1, seed)).of_node == expected);
  }
}

TEST_CASE("communities reach the exact optimum of modularity, dense and sparse") {
  std::mt19937_64 random(33);
  for (int round = 0; round < 60; ++round) {
    const Matrix weights = random_attention(random, 2 + round % 10, all_kinds[round % 5]);
    if (without_loops(weights).sum() == 0) continue;
    const double resolution = std::array{.7, 1., 1.5}[round % 3];
    const double best = exact_modularity(weights, resolution);
    const Communities dense = communities(mutual_weights(weights), resolution);
    const Communities sparse = communities(mutual_weights(pairs_of(weights)), resolution);
    CHECK(std::abs(dense.modularity - best) < 1e-12);
    CHECK(std::abs(sparse.modularity - best) < 1e-12);
    CHECK(dense.groups.of_node == sparse.groups.of_node);
  }
}

TEST_CASE("what a published pass of Louvain finds on a head is not the optimum") {
  const Matrix weights = without_loops(cats());
  const double total = weights.sum();
  Matrix gain = weights - weights.rowwise().sum() * weights.colwise().sum() / total;
  gain += gain.transpose().eval();
  const MutualWeights mutual = mutual_weights(weights);
  CHECK(modularity(mutual, numbered(louvain(gain)), 1) ==
        doctest::Approx(.0859689532657).epsilon(1e-10));
  // igraph's Leiden knows no direction: the best partition of A + Aᵀ is a worse one of A.
  const Labels of_igraph{0, 1, 2, 0, 0, 2, 2, 1, 0, 0, 2, 0, 0, 0, 0, 1, 2};
  CHECK(modularity(mutual, numbered(of_igraph), 1) ==
        doctest::Approx(.0660823427454).epsilon(1e-10));
  const Communities best = communities(mutual);
  CHECK(best.modularity == doctest::Approx(.0864875347794).epsilon(1e-11));
  CHECK(best.groups.of_node == Labels{0, 1, 2, 1, 0, 1, 2, 1, 0, 0, 2, 1, 0, 0, 1, 1, 2});
}

TEST_CASE("who shares weight with nobody is a community alone; of nothing all are") {
  Matrix weights = Matrix::Zero(5, 5);
  weights(0, 3) = weights(3, 0) = 1;
  weights(1, 1) = 1;
  CHECK(communities(mutual_weights(weights)).groups.of_node == Labels{0, 1, 2, 0, 3});
  CHECK(communities(mutual_weights(pairs_of(weights))).groups.of_node == Labels{0, 1, 2, 0, 3});
  Matrix cliques = Matrix::Zero(10, 10);
  cliques.topLeftCorner(3, 3).setOnes();
  cliques.block(3, 3, 3, 3).setOnes();
  CHECK(communities(mutual_weights(cliques)).groups.of_node ==
        Labels{0, 0, 0, 1, 1, 1, 2, 3, 4, 5});
  const Communities none = communities(mutual_weights(Matrix(Matrix::Identity(3, 3))));
  CHECK(none.groups.count == 3);
  CHECK(none.modularity == 0);
}

TEST_CASE("of partitions that are as good the one with lower numbers first is taken") {
  // A ring of four: the pairs 01|23 and 03|12 are as good.
  Matrix ring = Matrix::Zero(4, 4);
  for (Index v = 0; v < 4; ++v) ring(v, (v + 1) % 4) = ring((v + 1) % 4, v) = 1;
  CHECK(communities(mutual_weights(ring)).groups.of_node == Labels{0, 0, 0, 0});
  CHECK(communities(mutual_weights(ring), 1.2).groups.of_node == Labels{0, 0, 1, 1});
}

TEST_CASE("of a pure sink, whose groups are all as good, one group is the answer") {
  for (const Index n : {6, 17}) {
    Matrix sink = Matrix::Zero(n, n);
    sink.col(0).setOnes();
    const Communities found = communities(mutual_weights(sink));
    CHECK(found.groups.of_node == Labels(static_cast<std::size_t>(n), 0));
    CHECK(found.modularity == 0);
  }
}

TEST_CASE("permuting nodes permutes communities") {
  std::mt19937_64 random(34);
  for (int round = 0; round < 20; ++round) {
    const Matrix weights = random_attention(random, 9, Kind::dense);
    std::vector<Index> order(9);
    std::iota(order.begin(), order.end(), Index{0});
    std::shuffle(order.begin(), order.end(), random);
    const Matrix turned = weights(order, order);
    const Communities before = communities(mutual_weights(weights));
    const Communities after = communities(mutual_weights(turned));
    CHECK(std::abs(before.modularity - after.modularity) < 1e-12);
    Labels expected;
    for (const Index v : order)
      expected.push_back(before.groups.of_node[static_cast<std::size_t>(v)]);
    CHECK(after.groups.of_node == numbered(expected).of_node);
  }
}

TEST_CASE("a larger resolution makes more communities") {
  const MutualWeights mutual = mutual_weights(cats());
  CHECK(communities(mutual, .01).groups.count == 1);
  CHECK(communities(mutual, 2).groups.count > communities(mutual, 1).groups.count);
}

TEST_CASE("every way to link three nodes is counted under its name") {
  const auto census = [](std::vector<std::int32_t> source, std::vector<std::int32_t> target) {
    const std::vector<double> ones(source.size(), 1);
    const auto counts = triad_census({3, std::move(source), std::move(target), ones});
    const auto one = std::find(counts.begin(), counts.end(), 1.0);
    return std::string(triad_names[static_cast<std::size_t>(one - counts.begin())]);
  };
  CHECK(census({}, {}) == "003");
  CHECK(census({0}, {1}) == "012");
  CHECK(census({0, 1}, {1, 0}) == "102");
  CHECK(census({1, 1}, {0, 2}) == "021D");
  CHECK(census({0, 2}, {1, 1}) == "021U");
  CHECK(census({0, 1}, {1, 2}) == "021C");
  CHECK(census({0, 1, 2}, {1, 0, 1}) == "111D");
  CHECK(census({0, 1, 1}, {1, 0, 2}) == "111U");
  CHECK(census({0, 2, 0}, {1, 1, 2}) == "030T");
  CHECK(census({0, 1, 2}, {1, 2, 0}) == "030C");
  CHECK(census({0, 1, 1, 2}, {1, 0, 2, 1}) == "201");
  CHECK(census({1, 1, 0, 2}, {0, 2, 2, 0}) == "120D");
  CHECK(census({0, 2, 0, 2}, {1, 1, 2, 0}) == "120U");
  CHECK(census({0, 1, 0, 2}, {1, 2, 2, 0}) == "120C");
  CHECK(census({0, 1, 2, 0, 2}, {1, 2, 1, 2, 0}) == "210");
  CHECK(census({0, 1, 1, 2, 0, 2}, {1, 0, 2, 1, 2, 0}) == "300");
  CHECK(triad_census({2, {0}, {1}, {1}}) == std::array<double, 16>{});
}

}  // namespace attngraph
