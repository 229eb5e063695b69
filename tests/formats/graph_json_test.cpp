#include <doctest/doctest.h>

#include "core/error.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::dump_of;
using test::edges_of;

using Indices = std::vector<std::int32_t>;
using Names = std::vector<std::string>;

TEST_CASE("node-link data as networkx writes them are a graph") {
  const Dump dump = dump_of(
      R"({"directed": true, "multigraph": false, "graph": {"name": "g"},
          "nodes": [{"colour": "red", "id": "the"}, {"id": "cat"}, {"id": [0, 1]}],
          "links": [{"weight": 0.5, "source": "the", "target": "cat"},
                    {"weight": 2, "source": [0, 1], "target": "the", "about": {"x": [1]}}]})");
  CHECK(dump.format == "JSON graph");
  CHECK(dump.tokens == Names{"the", "cat", "(0, 1)"});
  CHECK(dump.edges[0].edges.source == Indices{0, 2});
  CHECK(dump.edges[0].edges.target == Indices{1, 0});
  CHECK(dump.edges[0].edges.weight == std::vector{0.5, 2.0});
  CHECK(dump.notes.empty());
}

TEST_CASE("links may stand before nodes, be called edges, and have layer and head") {
  const Dump dump = dump_of(
      R"({"directed": true, "edges": [{"source": 1, "target": 0, "layer": 2, "head": 3}],
          "nodes": [{"id": 0}, {"id": 1}]})");
  CHECK(dump.tokens.empty());
  CHECK(dump.edges[0].layer == 2);
  CHECK(dump.edges[0].head == 3);
  CHECK(dump.edges[0].edges.source == Indices{1});
  CHECK(dump.notes == Names{"no edge data 'weight': every edge weighs 1"});
}

TEST_CASE("layers and heads of links are known by the words that tables know") {
  const auto graph = [](const std::string& first, const std::string& second) {
    return dump_of(R"({"directed": true, "nodes": [{"id": 0}, {"id": 1}], "links": [
        {"source": 0, "target": 1, "weight": 0.5, )" +
                   first + R"(},
        {"source": 0, "target": 1, "weight": 0.25, )" +
                   second + "}]}");
  };
  const Dump dump = graph(R"("layer_idx": 2, "head_idx": 0)", R"("layer_idx": 2, "head_idx": 1)");
  REQUIRE(dump.edges.size() == 2);
  CHECK(dump.edges[1].layer == 2);
  CHECK(dump.edges[1].head == 1);
  CHECK(dump.notes ==
        Names{"edge data 'head_idx' read as the head", "edge data 'layer_idx' read as the layer"});
  CHECK(graph(R"("Layer": 0, "Head": 0)", R"("Layer": 0, "Head": 1)").edges.size() == 2);
  CHECK(graph(R"("block": "a")", R"("block": "a")").edges.size() == 1);
  CHECK_THROWS_WITH_AS(graph(R"("layer": 0, "layer_idx": 0)", R"("layer": 1)"),
                       "a: links 0: two numbers of one layer or head, 'layer' and 'layer_idx'",
                       InputError);
}

TEST_CASE("undirected links go both ways") {
  const Dump dump = dump_of(
      R"({"directed": false, "nodes": [{"id": 0}, {"id": 1}],
          "links": [{"source": 0, "target": 1, "weight": 1, "key": 0}]})");
  CHECK(dump.edges[0].edges.source == Indices{0, 1});
  CHECK(dump.notes == Names{"1 undirected edge read as edges in both directions"});
}

TEST_CASE("a graph says wherever it likes that its links have no direction") {
  const auto sources = [](const std::string& key) {
    return dump_of(R"({"nodes": [{"id": 0}, {"id": 1}], "links": [{"source": 0, "target": 1}])" +
                   key + "}")
        .edges[0]
        .edges.source;
  };
  CHECK(sources("") == Indices{0});
  CHECK(sources(R"(, "directed": true)") == Indices{0});
  CHECK_THROWS_WITH_AS(sources(R"(, "directed": "no")"),
                       "a: directed is 'no', expected true or false", InputError);
  for (const char* no : {"false", "0", "null", "\"False\""}) {
    CHECK(sources(std::string(R"(, "directed": )") + no) == Indices{0, 1});
  }
}

TEST_CASE("an element of many keys is read in no more time than they take, each key once") {
  std::string node = "{\"id\": 0";
  for (int i = 0; i < 20000; ++i) node += ", \"k" + std::to_string(i) + "\": 1";
  const std::string links = R"(], "links": [{"source": 0, "target": 0}], "directed": true})";
  CHECK(dump_of("{\"nodes\": [" + node + "}" + links).nodes == 1);
  CHECK_THROWS_WITH_AS(dump_of("{\"nodes\": [" + node + ", \"k7\": 1}" + links),
                       "a: nodes 0: the key 'k7' occurs twice", InputError);
}

TEST_CASE("nodes without an id are their place; a label is a token") {
  const Dump dump = dump_of(
      R"({"nodes": [{"name": "Valjean"}, {"name": "Javert"}],
          "links": [{"source": 1, "target": 0, "value": 8}]})");
  CHECK(dump.tokens == Names{"Valjean", "Javert"});
  CHECK(dump.notes ==
        Names{"no edge data 'weight': every edge weighs 1; $edge-weight takes another: 'value'",
              "no key 'directed': every link leads from source to target"});
}

TEST_CASE("weights of a graph of Neuronpedia count with their size, or above zero alone") {
  const std::string text =
      R"({"metadata": {"slug": "x", "prompt_tokens": ["a", "b"]}, "qParams": {"pinnedIds": []},
          "nodes": [{"node_id": "E_1_0", "layer": "E", "ctx_idx": 0, "clerp": ""},
                    {"node_id": "0_7_1", "layer": "0", "ctx_idx": 1}],
          "links": [{"source": "E_1_0", "target": "0_7_1", "weight": -0.25}]})";
  EdgeOptions absolute;
  absolute.signed_weights = SignedWeights::absolute;
  const Dump dump = edges_of(text, absolute);
  CHECK(dump.attributions);
  CHECK(dump.tokens == Names{"E_1_0", "0_7_1"});
  CHECK(dump.edges[0].edges.weight == std::vector{0.25});
  CHECK(dump.notes == Names{"1 edge below zero counts with its size"});
  CHECK(dump_of(text).edges[0].edges.weight == std::vector{0.25});
  EdgeOptions positive;
  positive.signed_weights = SignedWeights::positive;
  CHECK(edges_of(text, positive).edges.empty());
}

TEST_CASE("logits have their probability, and labels are the data asked for") {
  const std::string text =
      R"({"nodes": [{"node_id": "E_1_0", "feature_type": "embedding", "clerp": "Paris",
                     "token_prob": 0},
                    {"node_id": "0_7_1", "feature_type": "cross layer transcoder", "clerp": "",
                     "token_prob": 0.5},
                    {"node_id": "9_2_1", "feature_type": "logit", "clerp": "a city",
                     "token_prob": 0.25}],
          "links": [{"source": "E_1_0", "target": "0_7_1", "weight": 1}]})";
  const Dump dump = dump_of(text);
  CHECK(dump.outputs == std::vector<double>{0, 0, .25});
  CHECK(dump.tokens == Names{"E_1_0", "0_7_1", "9_2_1"});
  EdgeOptions clerp;
  clerp.node_label = "clerp";
  const Dump labelled = edges_of(text, clerp);
  CHECK(labelled.tokens == Names{"Paris", "0_7_1", "a city"});
  clerp.node_label = "colour";
  CHECK_THROWS_WITH_AS(edges_of(text, clerp), "a: no node has data called 'colour'", InputError);
  CHECK(dump_of(R"({"nodes": [{"node_id": 0}], "links": []})").outputs.empty());
  CHECK_THROWS_WITH_AS(dump_of(R"({"nodes": [{"node_id": "x", "token_prob": 2}], "links": []})"),
                       "a: node 'x': token_prob is '2', expected a number from 0 to 1", InputError);
}

TEST_CASE("what is wrong with a JSON graph is said with its place") {
  const auto refused = [](const char* text, const char* problem) {
    CHECK_THROWS_WITH_AS(dump_of(text), problem, InputError);
  };
  refused(R"({"nodes": [{"id": 0}], "adjacency": [[]]})", "a: holds nodes and no links");
  refused(R"({"nodes": [{"id": 0}], "links": [], "edges": []})",
          "a: holds both links and edges, expected one");
  refused(R"({"nodes": [{"id": 0}], "links": [{"source": 0}]})", "a: links 0: has no target");
  refused(R"({"nodes": [{"id": 0}], "links": [[0, 1]]})", "a: links 0: a list, expected an object");
  refused(R"({"nodes": [0, 1], "links": []})", "a: nodes 0: a plain value, expected an object");
  refused(R"({"nodes": [{"id": 0}, {"id": 0}], "links": []})", "a: node '0': is declared twice");
  refused(R"({"nodes": [{"id": 0}], "links": [{"source": 0, "target": 1}]})",
          "a: an edge names the node '1', which does not stand in the file");
  refused(R"({"nodes": [], "links": []})", "a: holds no node");
  refused(R"({"nodes": [{"id": 0, "id": 1}], "links": []})",
          "a: nodes 0: the key 'id' occurs twice");
  refused(R"({"nodes": [], "nodes": []})", "a: line 1: the key 'nodes' occurs twice");
  refused("{\"nodes\": [],\n \"links\": [NaN]}",
          "a: line 2, column 12: 'NaN' cannot stand here in JSON");
  refused(R"({"nodes": [], "links": [)", "a: line 1, column 25: the text ends too early");
}

TEST_CASE("a list for each edge is refused with the object to write") {
  try {
    dump_of(R"({"edges": [[0, 1, 0.5]]})");
    FAIL("was read");
  } catch (const InputError& error) {
    CHECK(error.problem() == "a list, expected an object");
    CHECK(error.hint() == R"(write the list alone: [{"source": 0, "target": 1, "weight": 0.5}])");
  }
}

TEST_CASE("rows of JSON Lines are edges, with the labels they carry") {
  const Dump dump = dump_of(
      "{\"layer\":1,\"head\":0,\"query\":0,\"key\":1,\"weight\":0.5,\"query_label\":\"the\","
      "\"key_label\":\"cat\"}\n"
      "{\"layer\":1,\"head\":0,\"key\":0,\"query\":1,\"weight\":null,\"query_label\":\"cat\","
      "\"key_label\":\"the\"}\n");
  CHECK(dump.format == "JSON edges");
  CHECK(dump.tokens == Names{"the", "cat"});
  CHECK(dump.edges[0].layer == 1);
  CHECK(dump.edges[0].edges.source == Indices{0, 1});
  CHECK(dump.edges[0].edges.target == Indices{1, 0});
  CHECK(dump.edges[0].edges.weight == std::vector{0.5, 1.0});
}

TEST_CASE("an answer of attngraph is read where it holds edges") {
  const Dump dump = dump_of(
      R"({"schema":"attngraph/1","command":"graph","inputs":["a.npy"],"parameters":{},"results":[
{"layer":0,"head":"mean","source":"x","target":"y","weight":0.25}
]})");
  CHECK(dump.tokens == Names{"x", "y"});
  CHECK(dump.edges[0].edges.weight == std::vector{0.25});
  CHECK_THROWS_WITH_AS(dump_of(R"({"schema":"attngraph/1","results":[{"layer":0,"entropy":1}]})"),
                       "a: holds an answer of attngraph without edges", InputError);
  CHECK_THROWS_WITH_AS(dump_of(R"({"schema":"attngraph/1","results":[]})"),
                       "a: holds no row of an edge", InputError);
}

TEST_CASE("an answer whose edges lead from the key to the query is turned back, with a note") {
  const Dump dump = dump_of(
      R"({"schema":"attngraph/1","command":"graph","parameters":{"direction":"informs"},"results":[
{"layer":0,"head":0,"source":0,"target":1,"weight":0.25}
]})");
  CHECK(dump.edges[0].edges.source == Indices{1});
  CHECK(dump.edges[0].edges.target == Indices{0});
  CHECK(dump.notes.back().ends_with("they are turned back"));
}

TEST_CASE("an answer that another program wrote again is the same answer") {
  const char* sorted = R"({
  "columns": [{"name": "layer"}],
  "command": "graph",
  "inputs": ["a.npy"],
  "parameters": {"direction": "informs", "top-k": null},
  "results": [
    {"head": 0, "layer": 0, "source": 0, "target": 1, "weight": 0.25}
  ],
  "schema": "attngraph/1"
})";
  const Dump dump = dump_of(sorted);
  CHECK(dump.edges[0].edges.source == Indices{1});
  CHECK(dump.edges[0].edges.target == Indices{0});
}

TEST_CASE("a token called schema makes no answer of rows, and one called direction turns none") {
  const Dump dump = dump_of(
      "{\"source\":\"schema\",\"target\":\"informs\",\"weight\":1}\n"
      "{\"source\":\"informs\",\"target\":\"direction\",\"weight\":0.5}\n");
  CHECK(dump.tokens == Names{"schema", "informs", "direction"});
  CHECK(dump.edges[0].edges.source == Indices{0, 1});
}

TEST_CASE("what later rows alone have is a column all the same") {
  const Dump dump = dump_of(
      "{\"source\":\"a\",\"target\":\"b\"}\n"
      "{\"note\":7,\"source\":\"b\",\"target\":\"a\",\"weight\":0.2}\n");
  CHECK(dump.edges[0].edges.weight == std::vector{1.0, 0.2});
  CHECK(dump.notes == Names{"1 edge has no weight and weighs 1", "column 'note' left out"});
  CHECK_THROWS_WITH_AS(dump_of("{\"source\":0,\"target\":1}\n"
                               "{\"source\":0,\"target\":1,\"layer\":1}\n"),
                       "a: row 0: layer: '', expected an index", InputError);
}

TEST_CASE("a list of edges is read as its rows in lines are") {
  const Dump dump = dump_of(
      R"([{"source": "a", "target": "b", "weight": 0.2}, {"source": "b", "target": "a", "weight": 1}])");
  CHECK(dump.format == "JSON edges");
  CHECK(dump.tokens == Names{"a", "b"});
  CHECK(dump.edges[0].edges.weight == std::vector{0.2, 1.0});
  CHECK_THROWS_WITH_AS(dump_of("[{\"source\": 0, \"target\": 1}, \n 7]"),
                       "a: row 1: a plain value, expected an object", InputError);
  CHECK_THROWS_WITH_AS(dump_of("[{\"source\": 0, \"target\": 1}, \n {x}]"),
                       "a: line 2, column 3: 'x' cannot stand here in JSON", InputError);
  CHECK(dump_of(R"([{"source": "x y", "target": "u v", "attention": [[1]]}])").edges.empty());
}

TEST_CASE("words of Python and of JavaScript among edges are refused with the way to write them") {
  const auto hint = [](const std::string& weight) -> std::string {
    try {
      dump_of(R"({"nodes":[],"links":[{"source":0,"target":1,"weight":)" + weight + "}]}");
    } catch (const InputError& error) {
      return error.hint();
    }
    return "none";
  };
  CHECK(hint("None") == "this is printed Python; write it with json.dump");
  CHECK(hint("-Infinity") == "JSON has no NaN or infinity; leave the edge or its weight out");
  CHECK(hint("what") == "");
}

TEST_CASE("objects of arrays are no edges") {
  CHECK(dump_of(R"({"query": [[1, 2]], "key": [[1, 2]]})").tensors.size() == 2);
  CHECK(dump_of(R"({"tokens": ["a"], "attention": [[1]]})").edges.empty());
}
