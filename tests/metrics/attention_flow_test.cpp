#include "metrics/flow/attention_flow.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "metrics/flow/reference_flow.hpp"
#include "metrics/random_attention.hpp"

namespace attngraph {
namespace {

/// Transitions with the residual share given; rows that sum to 1.
std::vector<Matrix> random_transitions(unsigned seed, std::size_t layers, Index tokens, Kind kind,
                                       double residual) {
  std::mt19937_64 random(seed);
  std::vector<Matrix> transitions;
  for (std::size_t l = 0; l < layers; ++l) {
    Matrix transition = (1 - residual) * random_attention(random, tokens, kind);
    transition.diagonal().array() += residual;
    for (Index q = 0; q < tokens; ++q) {
      const double sum = transition.row(q).sum();
      if (sum > 0) transition.row(q) /= sum;
    }
    transitions.push_back(transition);
  }
  return transitions;
}

std::vector<Matrix> deck_transitions() {
  Matrix last(3, 3);
  last << .5, .25, .25, 0, 1, 0, .2, .3, .5;
  Matrix turned = deck_matrix().transpose();
  for (Index q = 0; q < 3; ++q) turned.row(q) /= turned.row(q).sum();
  std::vector<Matrix> transitions{deck_matrix(), turned, last};
  for (Matrix& transition : transitions) {
    transition = transition / 2 + Matrix::Identity(3, 3) / 2;
  }
  return transitions;
}

Matrix all_flows(AttentionFlow flow) {
  const auto n = static_cast<Index>(flow.tokens());
  Matrix flows(n, n);
  for (Index o = 0; o < n; ++o) {
    flow.choose_output(static_cast<std::size_t>(o));
    for (Index i = 0; i < n; ++i) flows(o, i) = flow.flow(static_cast<std::size_t>(i));
  }
  return flows;
}

/// The least capacity of all cuts, by trying every set of nodes on the side of the output.
double least_cut(const std::vector<Matrix>& transitions, std::size_t output, std::size_t input) {
  const auto tokens = static_cast<std::size_t>(transitions.front().rows());
  const std::size_t nodes = (transitions.size() + 1) * tokens;
  const std::size_t source = transitions.size() * tokens + output;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t side = 0; side < (std::size_t{1} << nodes); ++side) {
    if ((side >> source & 1) == 0 || (side >> input & 1) == 1) continue;
    double capacity = 0;
    for (std::size_t l = 0; l < transitions.size(); ++l) {
      for (std::size_t q = 0; q < tokens; ++q) {
        for (std::size_t k = 0; k < tokens; ++k) {
          const bool leaves = (side >> ((l + 1) * tokens + q) & 1) == 1;
          const bool arrives = (side >> (l * tokens + k) & 1) == 0;
          if (leaves && arrives) {
            capacity += transitions[l](static_cast<Index>(q), static_cast<Index>(k));
          }
        }
      }
    }
    least = std::min(least, capacity);
  }
  return least;
}

/// What still reaches the input when these edges are gone.
double without(std::vector<Matrix> transitions, const std::vector<LayerEdge>& edges,
               std::size_t output, std::size_t input) {
  for (const LayerEdge& edge : edges) {
    transitions[edge.layer](static_cast<Index>(edge.from), static_cast<Index>(edge.to)) = 0;
  }
  AttentionFlow flow(std::move(transitions));
  flow.choose_output(output);
  return flow.flow(input);
}

double capacity_of(const std::vector<LayerEdge>& edges) {
  return std::accumulate(edges.begin(), edges.end(), 0.0,
                         [](double sum, const LayerEdge& edge) { return sum + edge.capacity; });
}

TEST_CASE("the flows of the deck's three layers are those that are known") {
  Matrix expected(3, 3);
  expected << 1, .516919191919, .370454545455, .3, 1, .2, .411111111111, .461111111111, .95;
  CHECK(all_flows(AttentionFlow(deck_transitions())).isApprox(expected, 1e-11));
}

TEST_CASE("through one layer flows its own entry, and nothing more could") {
  AttentionFlow flow({deck_matrix()});
  flow.choose_output(1);
  CHECK(flow.flow(0) == .3);
  CHECK(flow.bound(0) == .3);
  const std::vector<LayerEdge> cut = flow.minimum_cut(0);
  REQUIRE(cut.size() == 1);
  CHECK(cut[0].from == 1);
  CHECK(cut[0].to == 0);
  CHECK(cut[0].capacity == .3);
}

TEST_CASE("flow has to go back for a better way") {
  // The direct way 0 -> 0 -> 0 would block what must arrive over both middle tokens.
  Matrix top(2, 2), bottom(2, 2);
  top << 1, 1, 0, 0;
  bottom << 1, 0, 1, 0;
  AttentionFlow flow({bottom, top});
  flow.choose_output(0);
  CHECK(flow.flow(0) == 2);
  CHECK(flow.flow(1) == 0);
  CHECK(flow.minimum_cut(1).empty());
}

TEST_CASE("the bound counts only queries that the output reaches") {
  Matrix top = Matrix::Identity(2, 2), bottom = Matrix::Constant(2, 2, .5);
  AttentionFlow flow({bottom, top});
  flow.choose_output(0);
  CHECK(flow.bound(1) == .5);
}

TEST_CASE("of two cuts of equal capacity the one nearer the input is given") {
  Matrix half = Matrix::Zero(2, 2);
  half(0, 0) = .5;
  AttentionFlow flow({half, half, half});
  flow.choose_output(0);
  const std::vector<LayerEdge> cut = flow.minimum_cut(0);
  REQUIRE(cut.size() == 1);
  CHECK(cut[0].layer == 0);
}

TEST_CASE("flow is the least of all cuts") {
  CHECK(rc::check("every cut of small graphs", [](unsigned seed) {
    const auto kind = all_kinds[seed % std::size(all_kinds)];
    const auto transitions = random_transitions(seed, 3, 3, kind, seed % 2 == 0 ? 0.5 : 0);
    const std::size_t output = seed % 3, input = (seed / 3) % 3;
    AttentionFlow flow(transitions);
    flow.choose_output(output);
    RC_ASSERT(std::abs(flow.flow(input) - least_cut(transitions, output, input)) < 1e-12);
  }));
}

TEST_CASE("flow, bound and cut agree with igraph") {
  CHECK(rc::check("all pairs", [](unsigned seed) {
    const auto kind = all_kinds[seed % std::size(all_kinds)];
    const std::size_t layers = 1 + seed % 6;
    const auto n = static_cast<Index>(1 + seed / 5 % 9);
    const auto transitions = random_transitions(seed, layers, n, kind, seed % 3 == 0 ? 0.5 : 0);
    AttentionFlow own(transitions);
    const ReferenceFlow reference(transitions);
    for (std::size_t o = 0; o < static_cast<std::size_t>(n); ++o) {
      own.choose_output(o);
      for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i) {
        const double flow = own.flow(i);
        RC_ASSERT(std::abs(flow - reference.flow(o, i)) < 1e-12);
        RC_ASSERT(flow <= own.bound(i));
        const std::vector<LayerEdge> cut = own.minimum_cut(i);
        RC_ASSERT(std::abs(capacity_of(cut) - flow) < 1e-10);
        RC_ASSERT(without(transitions, cut, o, i) < 1e-10);
        const std::vector<LayerEdge> same = reference.minimum_cut(o, i);
        RC_ASSERT(cut.size() == same.size());
        for (std::size_t e = 0; e < cut.size(); ++e) {
          RC_ASSERT(cut[e].layer == same[e].layer);
          RC_ASSERT(cut[e].from == same[e].from && cut[e].to == same[e].to);
        }
      }
    }
  }));
}

TEST_CASE("permuting tokens permutes the flows") {
  CHECK(rc::check("permuted", [](unsigned seed) {
    const Index n = 7;
    auto transitions = random_transitions(seed, 4, n, all_kinds[seed % 5], .5);
    const Matrix flows = all_flows(AttentionFlow(transitions));
    Eigen::PermutationMatrix<Eigen::Dynamic> order(n);
    order.setIdentity();
    std::mt19937 random(seed);
    std::shuffle(order.indices().begin(), order.indices().end(), random);
    for (Matrix& transition : transitions) transition = order * transition * order.transpose();
    const Matrix permuted = order * flows * order.transpose();
    RC_ASSERT((all_flows(AttentionFlow(transitions)) - permuted).cwiseAbs().maxCoeff() < 1e-12);
  }));
}

TEST_CASE("answers do not depend on what was asked before") {
  const auto transitions = random_transitions(11, 5, 12, Kind::causal, .5);
  const Matrix flows = all_flows(AttentionFlow(transitions));
  AttentionFlow flow(transitions);
  for (const std::size_t o : {11, 3, 7, 3}) {
    flow.choose_output(o);
    for (std::size_t i = 12; i-- > 0;) {
      flow.minimum_cut(i);
      CHECK(flow.flow(i) == flows(static_cast<Index>(o), static_cast<Index>(i)));
    }
  }
}

}  // namespace
}  // namespace attngraph
