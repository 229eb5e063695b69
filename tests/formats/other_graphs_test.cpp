#include <doctest/doctest.h>

#include <string>

#include "core/error.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::dump_of;

namespace {

/// The error that a text is, and its hint.
std::string refused(const std::string& text) {
  try {
    dump_of(text);
  } catch (const InputError& error) {
    return error.what() + std::string(" | ") + error.hint();
  }
  return "was read";
}

}  // namespace

TEST_CASE("graphs as Cytoscape and Gephi write them are named, with what converts them") {
  const std::string elements =
      R"("elements": {"nodes": [{"data": {"id": "0"}}], "edges": [{"data": {"source": 0}}]}})";
  for (const char* begin :
       {"{", R"({"data": [], "directed": true, "multigraph": false, )",
        R"({"data": {"name": "G"}, )", R"({"format_version": "1.0", "data": [["name", "G"]], )"}) {
    CAPTURE(begin);
    CHECK(refused(begin + elements) ==
          "a: is a graph as Cytoscape writes it, expected node-link JSON | convert it: "
          "networkx.node_link_data(networkx.cytoscape_graph(graph))");
  }
  for (const char* begin : {"<?xml version='1.0'?>\n", "", "\n<!-- of Gephi -->"}) {
    CAPTURE(begin);
    CHECK(refused(begin + std::string("<gexf version='1.2'><graph/></gexf>")) ==
          "a: is a graph as GEXF, expected GraphML | convert it: "
          "networkx.write_graphml(networkx.read_gexf(graph), file)");
  }
}

TEST_CASE("lists called data are numbers, whatever lists stand behind them") {
  CHECK(dump_of(R"({"data": [[0.5, 0.5], [1, 0]], "nodes": ["a", "b"]})").edges.empty());
  CHECK(dump_of(R"({"directed": [[0.5, 0.5], [1, 0]]})").edges.empty());
  CHECK(dump_of(R"({"elements": {"attention": [[0.5, 0.5], [1, 0]]}})").edges.empty());
}

TEST_CASE("a direction that is a list or an object is refused") {
  const std::string rest = R"(, "nodes": [{"id": 0}], "links": [{"source": 0, "target": 0}]})";
  CHECK(refused(R"({"directed": [])" + rest) == "a: directed is a list, expected true or false | ");
  CHECK(refused(R"({"directed": [1])" + rest) ==
        "a: directed is a list, expected true or false | ");
  CHECK(refused(R"({"multigraph": true, "directed": {"is": true})" + rest) ==
        "a: directed is an object, expected true or false | ");
}

TEST_CASE("a weight that is an object is refused as one that is a list") {
  const auto graph = [](const std::string& weight) {
    return R"({"nodes": [{"id": 0, "weight": {}}], "links": [{"source": 0, "target": 0},
               {"source": 0, "target": 0, "weight": )" +
           weight + "}]}";
  };
  CHECK(refused(graph(R"({"value": 0.5})")) ==
        "a: links 1: the data 'weight' is an object, expected a finite number | ");
  CHECK(refused(graph("[0.5]")) ==
        "a: links 1: the data 'weight' is '(0.5)', expected a finite number | ");
}

TEST_CASE("edges without a list of nodes are read as a list alone") {
  const std::string list = R"([{"source": "a", "target": "b"}])";
  CHECK(
      refused("{\"edges\": " + list + "}") ==
      "a: holds edges and no nodes | write the list of edges alone: its nodes are those it names");
  CHECK(dump_of(list).tokens == std::vector<std::string>{"a", "b"});
  CHECK(refused(R"({"nodes": {"a": {}, "b": {}}, "edges": )" + list + "}") ==
        "a: nodes are an object, expected a list of objects | write the graph with "
        "networkx.node_link_data, or the list of edges alone");
}

TEST_CASE("what is no edge in a list of edges is called by its row") {
  const std::string edge = R"([{"source": "a", "target": "b"}, )";
  CHECK(refused(edge + "5]") == "a: row 1: a plain value, expected an object | ");
  CHECK(refused(edge + "[5]]") == "a: row 1: a list, expected an object | ");
}

TEST_CASE("a blank line before the header of an edge list is none of its lines") {
  CHECK(dump_of("\n\r\nsource,target,weight\n0,1,0.5\n").edges[0].edges.size() == 1);
  CHECK(dump_of("\n\tsource\ttarget\n0\t0\t1\n").edges[0].edges.size() == 1);
  CHECK(refused("\nsource,target\n0,1\n\n1,0\n") ==
        "a: line 4: 1 field, expected 2 as in the header | leave blank lines out");
}

TEST_CASE("lines that csv ended twice are named") {
  CHECK(refused("source,target\r\r\n0,1\r\r\n") ==
        "a: line 2: 1 field, expected 2 as in the header | lines end in \\r\\r\\n: open the file "
        "that csv writes to with newline=''");
}
