#include <doctest/doctest.h>

#include <string>

#include "core/error.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::dump_of;

using Names = std::vector<std::string>;

namespace {

std::string key(const std::string& id, const std::string& owner, const std::string& name,
                const std::string& standard) {
  return "<key id='" + id + "' for='" + owner + "' attr.name='" + name + "'><default>" + standard +
         "</default></key>";
}

std::string graph(const std::string& keys, const std::string& body) {
  return "<graphml>" + keys + "<graph edgedefault='directed'>" + body + "</graph></graphml>";
}

const std::string two_nodes = "<node id='a'/><node id='b'/>";
const std::string two_edges =
    "<edge source='a' target='b'/><edge source='b' target='a'><data key='w'>3</data></edge>";

}  // namespace

TEST_CASE("one default of several keys of a name stands where an edge has no such data") {
  const std::string same = key("w", "edge", "weight", "2") + key("v", "all", "weight", "2");
  CHECK(dump_of(graph(same, two_nodes + two_edges)).edges[0].edges.weight == std::vector{2.0, 3.0});
}

TEST_CASE("several defaults of one name are refused where an edge needs one") {
  const std::string keys = key("w", "edge", "weight", "1") + key("v", "edge", "weight", "2");
  CHECK_THROWS_WITH_AS(dump_of(graph(keys, two_nodes + two_edges)),
                       "a: line 1: an edge without data 'weight', and several keys of that name "
                       "have different defaults",
                       InputError);
  const std::string own = "<edge source='a' target='b'><data key='w'>3</data></edge>";
  CHECK(dump_of(graph(keys, two_nodes + own)).edges[0].edges.weight == std::vector{3.0});
}

TEST_CASE("a key declared again stands for the first, with its default") {
  const std::string keys = key("w", "edge", "cost", "1") + key("w", "edge", "weight", "2");
  CHECK(dump_of(graph(keys, two_nodes + two_edges)).edges[0].edges.weight == std::vector{2.0, 3.0});
}

TEST_CASE("the best default of nodes labels them, of those alike the last") {
  const std::string keys = key("n", "node", "name", "x") + key("l", "node", "label", "y") +
                           key("m", "all", "label", "z") + key("t", "node", "token", "t");
  const Dump dump =
      dump_of(graph(keys, "<node id='a'/><node id='b'><data key='l'>own</data></node>"));
  CHECK(dump.tokens == Names{"z", "own"});
}

TEST_CASE("each default is offered once for its name, however many keys and nodes there are") {
  std::string keys, nodes;
  for (int i = 0; i < 4000; ++i) {
    keys += key("k" + std::to_string(i), i % 2 == 0 ? "node" : "edge",
                i % 2 == 0 ? "label" : "weight", "1");
    nodes += "<node id='n" + std::to_string(i) + "'/><edge source='n0' target='n0'/>";
  }
  CHECK(dump_of(graph(keys, nodes)).nodes == 4000);
}

TEST_CASE("keys, names of data and the data of one edge count against the memory limit") {
  std::string keys, others, data;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = "k" + std::to_string(i);
    keys += "<key id='" + id + "' for='node' attr.name='label'/>";
    others += "<data key='" + id + "'>1</data>";
    data += "<data key='weight'>1</data>";
  }
  const std::string edge = "<edge source='a' target='b'>";
  Limits little, enough;
  little.memory = 60000;
  enough.memory = 800000;
  for (const auto& text :
       {graph(keys, two_nodes), graph("", two_nodes + edge + others + "</edge>")}) {
    CHECK(dump_of(text, enough).nodes == 2);
    CHECK_THROWS_WITH_AS(dump_of(text, little), doctest::Contains("$max-memory 60000"), LimitError);
  }
  const std::string again = graph("", two_nodes + edge + data + "</edge>");
  CHECK_THROWS_WITH_AS(dump_of(again, enough), "a: line 1: the data 'weight' occurs twice",
                       InputError);
  CHECK_THROWS_WITH_AS(dump_of(again, little), doctest::Contains("$max-memory 60000"), LimitError);
}
