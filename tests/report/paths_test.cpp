#include "report/questions/paths.hpp"

#include <doctest/doctest.h>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "reading/words/segments.hpp"
#include "recorded_sink.hpp"
#include "tensor/dump.hpp"

namespace attngraph {
namespace {

Attention two_layers(std::vector<std::string> tokens = {}) {
  return Attention({Tensor::from(std::vector<double>{.5, .5, 1, 0}, {1, 2, 2}),
                    Tensor::from(std::vector<double>{.25, .75, 0, 1}, {1, 2, 2})},
                   std::move(tokens), "two");
}

PathsOptions without_residual(std::string from, std::string to) {
  PathsOptions options;
  options.transition.residual = residual_named("none");
  options.from = std::move(from);
  options.to = std::move(to);
  return options;
}

TEST_CASE("routes run from the output down to the input") {
  RecordedSink sink;
  paths_report(two_layers(), without_residual("0", "0"), sink);
  CHECK(sink.header() == "rank,probability,share,covered,route");
  CHECK(sink.integers("rank") == std::vector<std::int64_t>{1, 2});
  CHECK(sink.texts("route") == std::vector<std::string>{"0 > 1 > 0", "0 > 0 > 0"});
  CHECK(sink.reals("probability") == std::vector<double>{.75, .125});
  CHECK(sink.reals("share")[0] == doctest::Approx(.75 / .875));
  CHECK(sink.reals("covered")[1] == doctest::Approx(1));
  CHECK(sink.summaries.at("rollout") == .875);
}

TEST_CASE("a route names what its tokens are put together to") {
  Attention attention = two_layers({"a", "b"});
  const Grouping one = segments("all:0-1", 2);
  attention.set_merged({one, one, true});
  RecordedSink sink;
  paths_report(attention, without_residual("all", "all"), sink);
  CHECK(sink.summaries.at("rollout") == doctest::Approx(1));
  CHECK(sink.texts("route")[0] == "0 > 0 > 0");
  CHECK(sink.texts("labels")[0] == "all > all > all");
  // 1 > 1 > 0 has 1, and both outputs count half.
  CHECK(sink.reals("probability")[0] == .5);
  const Grouping first{{0, Grouping::left_out}, {"a"}, RowDivision::none};
  Attention left = two_layers({"a", "b"});
  left.set_merged({first, first, true});
  RecordedSink through;
  paths_report(left, without_residual("a", "a"), through);
  CHECK(through.texts("route") == std::vector<std::string>{"0 > b > 0", "0 > 0 > 0"});
  CHECK(through.summaries.at("rollout") == .875);
}

TEST_CASE("fewer routes cover less, and the note says how much") {
  PathsOptions options = without_residual("0", "0");
  options.count = 1;
  RecordedSink sink;
  paths_report(two_layers(), options, sink);
  CHECK(sink.summaries.at("covered") == doctest::Approx(.75 / .875));
  REQUIRE(sink.notes.size() == 1);
  CHECK(sink.notes[0].find("85.7 %") != std::string::npos);
}

TEST_CASE("tokens name the ends, and the routes beside their indices") {
  RecordedSink sink;
  paths_report(two_layers({"the", "cat"}), without_residual("cat", "last"), sink);
  CHECK(sink.header() == "rank,probability,share,covered,route,labels");
  CHECK(sink.texts("route").empty());
  CHECK(sink.notes[0] == "no route leads from input 1 to output 1");
  RecordedSink other;
  paths_report(two_layers({"the", "cat"}), without_residual("cat", "the"), other);
  CHECK(other.texts("labels") == std::vector<std::string>{"the > the > cat"});
}

TEST_CASE("both ends must be given") {
  RecordedSink sink;
  CHECK_THROWS_AS(paths_report(two_layers(), without_residual("", "0"), sink), ArgumentError);
  CHECK_THROWS_AS(paths_report(two_layers(), without_residual("0", ""), sink), ArgumentError);
  PathsOptions none = without_residual("0", "0");
  none.count = 0;
  CHECK_THROWS_AS(paths_report(two_layers(), none, sink), ArgumentError);
}

TEST_CASE("in a graph of attributions a route multiplies shares of what comes into a node") {
  Dump graph;
  graph.nodes = 4;
  graph.tokens = {"a", "b", "c", "d"};
  graph.edges.push_back({0, 0, {4, {0, 0, 1, 2}, {1, 2, 3, 3}, {1, 1, 3, 1}}});
  RecordedSink sink;
  paths_report(graph, without_residual("a", "last"), sink);
  CHECK(sink.texts("route") == std::vector<std::string>{"3 > 1 > 0", "3 > 2 > 0"});
  CHECK(sink.reals("share") == std::vector{0.75, 0.25});
  CHECK(sink.texts("labels")[1] == "d > c > a");
  CHECK(sink.notes.back() == "these routes cover 100 % of the paths from a to d");
  graph.edges.clear();
  CHECK_THROWS_AS(paths_report(graph, without_residual("a", "d"), sink), InputError);
}

}  // namespace
}  // namespace attngraph
