#include "report/questions/centrality.hpp"

#include <doctest/doctest.h>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "report/recorded_sink.hpp"

namespace attngraph {
namespace {

Attention deck() {
  return Attention(
      {Tensor::from(std::vector<double>{.7, .2, .1, .3, .6, .1, .1, .2, .7}, {1, 3, 3})});
}

Attention causal() {
  return Attention({Tensor::from(std::vector<float>{1, 0, 0, .5, .5, 0, .25, .25, .5}, {1, 3, 3})},
                   {"the", "cat", "sat"});
}

using Reals = std::vector<double>;
using Integers = std::vector<std::int64_t>;

TEST_CASE("columns stand in the order asked, counts as whole numbers") {
  RecordedSink sink;
  CentralityOptions options;
  options.metrics = metrics_named("pagerank,in_degree,core");
  centrality_report(deck(), options, sink);
  CHECK(sink.header() == "layer,head,token,label,pagerank,in_degree,core");
  CHECK(sink.reals("pagerank")[0] == doctest::Approx(.3911564626).epsilon(1e-9));
  CHECK(sink.integers("in_degree") == Integers{3, 3, 3});
  CHECK(sink.integers("core") == Integers{4, 4, 4});
  CHECK(sink.texts("label") == std::vector<std::string>{"0", "1", "2"});
}

TEST_CASE("the direction turns the ranking round, and is said") {
  RecordedSink attends;
  RecordedSink informs;
  CentralityOptions options;
  options.metrics = metrics_named("pagerank");
  centrality_report(deck(), options, attends);
  options.direction = Direction::informs;
  centrality_report(deck(), options, informs);
  CHECK(attends.reals("pagerank")[0] > attends.reals("pagerank")[2]);
  CHECK(informs.reals("pagerank")[0] < informs.reals("pagerank")[2]);
  CHECK(attends.notes[0] == "edges lead from the query to the key it attends to");
  CHECK(informs.notes[0] == "edges lead from the key to the query it informs");
}

TEST_CASE("igraph answers the same as the own kernels") {
  RecordedSink own;
  RecordedSink igraph;
  CentralityOptions options;
  options.metrics = metrics_named("pagerank,betweenness,closeness,harmonic");
  options.distance = Distance::inverse;
  centrality_report(deck(), options, own);
  options.engine = Engine::igraph;
  centrality_report(deck(), options, igraph);
  for (const char* metric : {"pagerank", "betweenness", "closeness", "harmonic"}) {
    for (std::size_t v = 0; v < 3; ++v) {
      CHECK(own.reals(metric)[v] == doctest::Approx(igraph.reals(metric)[v]).epsilon(1e-9));
    }
  }
}

TEST_CASE("self-loops can be left out") {
  RecordedSink sink;
  CentralityOptions options;
  options.metrics = metrics_named("in_strength,out_degree,pagerank");
  options.self_loops = SelfLoops::drop;
  centrality_report(deck(), options, sink);
  CHECK(sink.reals("in_strength")[0] == doctest::Approx(.4));
  CHECK(sink.integers("out_degree") == Integers{2, 2, 2});
  RecordedSink edges;
  Dump dump;
  dump.nodes = 3;
  dump.edges.push_back(
      {0, 0, {dump.nodes, {0, 0, 1, 1, 2, 2}, {1, 2, 0, 2, 0, 1}, {.2, .1, .3, .1, .1, .2}}});
  options.self_loops = SelfLoops::keep;
  centrality_report(Attention::edges(dump.edges, dump.nodes, {}, ""), options, edges);
  for (std::size_t v = 0; v < 3; ++v) {
    CHECK(sink.reals("pagerank")[v] == doctest::Approx(edges.reals("pagerank")[v]).epsilon(1e-12));
  }
}

TEST_CASE("where the eigenvector says nothing, a note says so") {
  RecordedSink sink;
  CentralityOptions options;
  options.metrics = metrics_named("eigenvector");
  centrality_report(causal(), options, sink);
  CHECK(sink.reals("eigenvector") == Reals{1, 0, 0});
  CHECK(sink.notes.back() ==
        "eigenvector gives one token everything in 1 of 1 graph, as causal attention does; "
        "pagerank tells more");
  RecordedSink informs;
  options.direction = Direction::informs;
  centrality_report(deck(), options, informs);
  CHECK(informs.notes.back() ==
        "eigenvector is the same for all tokens in 1 of 1 graph, as $direction informs gives "
        "where rows sum to 1; pagerank tells more");
}

TEST_CASE("restart tokens have names and stand once") {
  CentralityOptions options;
  options.metrics = metrics_named("pagerank");
  options.restart_tokens = {"cat"};
  RecordedSink sink;
  centrality_report(causal(), options, sink);
  CHECK(sink.reals("pagerank")[2] == 0);  // nothing leads there from cat
  options.restart_tokens = {"cat", "1"};
  CHECK_THROWS_WITH_AS(centrality_report(causal(), options, sink), "$restart: names token 1 twice",
                       ArgumentError);
  options.restart_tokens = {"dog"};
  CHECK_THROWS_WITH_AS(centrality_report(causal(), options, sink), "$restart: no token is 'dog'",
                       ArgumentError);
}

TEST_CASE("a note says what position makes of in_strength, unless z is there") {
  const std::string note =
      "in_strength of a causal head falls with position, as fewer queries see later tokens; "
      "$metric z says what is left";
  const auto notes = [](const Attention& attention, const char* metrics, Direction direction) {
    CentralityOptions options;
    options.metrics = metrics_named(metrics);
    options.direction = direction;
    RecordedSink sink;
    centrality_report(attention, options, sink);
    return sink.notes;
  };
  CHECK(notes(causal(), "in_strength", Direction::attends).back() == note);
  CHECK(notes(causal(), "in_strength,z", Direction::attends).size() == 1);
  CHECK(notes(causal(), "in_strength", Direction::informs).size() == 1);
  CHECK(notes(deck(), "in_strength", Direction::attends).size() == 1);
}

TEST_CASE("lengths that were lifted are counted in a note") {
  RecordedSink sink;
  CentralityOptions options;
  options.metrics = metrics_named("closeness");
  Dump dump;
  dump.nodes = 2;
  dump.edges.push_back({0, 0, {dump.nodes, {0, 1}, {1, 0}, {1.0, 0.5}}});
  centrality_report(Attention::edges(dump.edges, dump.nodes, {}, ""), options, sink);
  CHECK(sink.notes.back() == "1 edge is shorter than 1e-8 and counts as 1e-8");
}

TEST_CASE("a weight that does not suit the distance is refused with its place") {
  RecordedSink sink;
  const Attention source(
      Attention({Tensor::from(std::vector<double>{.5, 2, 1, 0}, {1, 2, 2})}, {}, "w.npy"));
  CHECK_THROWS_WITH_AS(centrality_report(source, {}, sink),
                       "w.npy: layer 0, head 0, edge 0 -> 1: the weight is 2, at most 1 was "
                       "expected by the distance neglog",
                       InputError);
}

TEST_CASE("lists of metrics are read strictly") {
  CHECK(metrics_named("hub").size() == 1);
  CHECK(metrics_named("all").size() == 14);
  CHECK_THROWS_WITH_AS(metrics_named("hub,hub"), "$metric: hub stands there twice", ArgumentError);
  CHECK_THROWS_WITH_AS(metrics_named("hub,pagrank"), "$metric: 'pagrank' is no metric",
                       ArgumentError);
  CHECK_THROWS_AS(metrics_named(""), ArgumentError);
  CHECK_THROWS_AS(metrics_named("hub,"), ArgumentError);
}

TEST_CASE("a rule says which edges degrees and core count; other metrics keep all weights") {
  RecordedSink sink;
  CentralityOptions options;
  options.metrics = metrics_named("in_degree,out_degree,core,in_strength");
  options.edges.threshold = .15;
  centrality_report(deck(), options, sink);
  CHECK(sink.integers("in_degree") == Integers{1, 2, 0});
  CHECK(sink.integers("out_degree") == Integers{1, 1, 1});
  CHECK(sink.integers("core") == Integers{2, 2, 1});
  CHECK(sink.reals("in_strength")[0] == doctest::Approx(1.1));
  RecordedSink turned;
  options.direction = Direction::informs;
  centrality_report(deck(), options, turned);
  CHECK(turned.integers("out_degree") == Integers{1, 2, 0});
  options.edges.disparity = 2;
  CHECK_THROWS_AS(centrality_report(deck(), options, turned), ArgumentError);
}

}  // namespace
}  // namespace attngraph
