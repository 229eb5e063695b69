#include <doctest/doctest.h>

#include "core/error.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::dump_of;
using test::edges_of;

using Indices = std::vector<std::int32_t>;
using Names = std::vector<std::string>;

namespace {

std::string graph(const std::string& body, const std::string& edgedefault = "directed") {
  return "<graphml><key id='w' for='edge' attr.name='weight' attr.type='double'/>"
         "<key id='l' for='node' attr.name='label' attr.type='string'/>"
         "<graph edgedefault='" +
         edgedefault + "'>" + body + "</graph></graphml>";
}

}  // namespace

TEST_CASE("a graph as networkx writes it is read") {
  const Dump dump = dump_of(
      "<?xml version='1.0' encoding='utf-8'?>\n"
      "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" "
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
      "xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
      "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n"
      "  <key id=\"d0\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\" />\n"
      "  <graph edgedefault=\"directed\">\n    <node id=\"2\" />\n    <node id=\"0\" />\n"
      "    <node id=\"1\" />\n    <edge source=\"2\" target=\"0\">\n"
      "      <data key=\"d0\">0.25</data>\n    </edge>\n"
      "    <edge source=\"0\" target=\"1\">\n      <data key=\"d0\">1e-05</data>\n    </edge>\n"
      "  </graph>\n</graphml>\n");
  CHECK(dump.format == "GraphML");
  CHECK(dump.nodes == 3);
  CHECK(dump.tokens.empty());
  CHECK(dump.notes.empty());
  CHECK(dump.edges[0].edges.source == Indices{2, 0});
  CHECK(dump.edges[0].edges.target == Indices{0, 1});
  CHECK(dump.edges[0].edges.weight == std::vector{0.25, 1e-5});
}

TEST_CASE("ids that are no numbers become tokens, in the order of the file") {
  const Dump dump =
      dump_of(graph("<edge source='sat' target='the'/><node id='the'/>"
                    "<node id='sat'/>"));
  CHECK(dump.tokens == std::vector<std::string>{"the", "sat"});
  CHECK(dump.edges[0].edges.source == Indices{1});
  CHECK(dump.edges[0].edges.target == Indices{0});
}

TEST_CASE("a node without a label is called by its id, whatever the id is") {
  const Dump dump = dump_of(graph("<node id='n0'/><node id='n1'/>"));
  CHECK(dump.tokens == Names{"n0", "n1"});
  CHECK(dump.notes.empty());
}

TEST_CASE("data of a node that is no label does not call it") {
  const Dump dump = dump_of(
      "<graphml><key id='c' for='node' attr.name='color' attr.type='string'/>"
      "<graph edgedefault='directed'><node id='n0'><data key='c'>red</data></node>"
      "<node id='n1'/></graph></graphml>");
  CHECK(dump.tokens == Names{"n0", "n1"});
}

TEST_CASE("ids that are whole numbers stand in their order") {
  const Dump dump = dump_of(graph("<node id='10'/><node id='9'/><edge source='9' target='10'/>"));
  CHECK(dump.tokens == Names{"9", "10"});
  CHECK(dump.notes.front() == "ids are names: token 0 is '9'");
  CHECK(dump.edges[0].edges.source == Indices{0});
}

TEST_CASE("the label that yEd draws is the last choice before the id") {
  const std::string drawn =
      "<data key='g'><y:ShapeNode xmlns:y='urn:y'><y:Geometry/><y:NodeLabel a='b'> "
      "the\n<y:LabelModel>x"
      "</y:LabelModel></y:NodeLabel></y:ShapeNode></data>";
  const Dump dump = dump_of(graph("<node id='n0'>" + drawn + "</node><node id='n1'>" + drawn +
                                  "<data key='l'>cat</data></node><node id='n2'><data key='g'>"
                                  "<y:NodeLabel xmlns:y='urn:y'> </y:NodeLabel></data></node>"));
  CHECK(dump.tokens == Names{"the", "cat", "n2"});
}

TEST_CASE("elements may carry the prefix of a namespace") {
  const Dump dump = dump_of(
      "<g:graphml xmlns:g='http://graphml.graphdrawing.org/xmlns'><g:graph edgedefault='directed'>"
      "<g:node id='a'/><g:edge source='a' target='a'/></g:graph></g:graphml>");
  CHECK(dump.tokens == Names{"a"});
  CHECK(dump.edges[0].edges.size() == 1);
}

TEST_CASE("every key called weight counts, for edges or for nodes, in any case of letters") {
  const Dump dump = dump_of(
      "<graphml><key id='d0' for='edge' attr.name='weight' attr.type='long'/>"
      "<key id='d1' for='edge' attr.name='weight' attr.type='double'/>"
      "<key id='d2' for='node' attr.name='Weight'/><key id='d3' for='graph' attr.name='weight'/>"
      "<graph edgedefault='directed'><data key='d3'>7</data><node id='a'><data key='d2'>3</data>"
      "</node><edge source='a' target='a'><data key='d0'>1</data></edge>"
      "<edge source='a' target='a'><data key='d1'>0.25</data></edge>"
      "<edge source='a' target='a'><data key='d2'>1e-400</data></edge></graph></graphml>");
  CHECK(dump.edges[0].edges.weight == std::vector{1.0, 0.25, 0.0});
  CHECK(dump.notes == Names{"2 edges stand there twice or more: all count, as parallel edges, and "
                            "with their sum where a rule chooses edges"});
}

TEST_CASE("weights that are true or false are 1 or 0, with a note") {
  const Dump dump =
      dump_of(graph("<node id='0'/><node id='1'/>"
                    "<edge source='0' target='1'><data key='w'>True</data></edge>"
                    "<edge source='1' target='0'><data key='w'>false</data></edge>"));
  CHECK(dump.edges[0].edges.weight == std::vector<double>{1, 0});
  CHECK(dump.notes == Names{"weights that are true or false count as 1 or 0"});
}

TEST_CASE("edges that the file says lead from key to query are turned back, with a note") {
  const auto directed = [](const std::string& direction) {
    return dump_of(
        "<graphml><key id='d' for='graph' attr.name='direction' attr.type='string'/>"
        "<graph edgedefault='directed'><data key='d'>" +
        direction +
        "</data><node id='0'/><node id='1'/><edge source='0' target='1'/>"
        "</graph></graphml>");
  };
  CHECK(directed("attends").edges[0].edges.source == Indices{0});
  CHECK(directed("informs").edges[0].edges.source == Indices{1});
  CHECK(directed("informs").edges[0].edges.target == Indices{0});
  CHECK(directed("informs").notes.back().ends_with("they are turned back"));
}

TEST_CASE("one id may stand for a key of nodes, of edges and of the graph") {
  const auto keys = [](const std::string& owner) {
    return "<key id='d0' for='node' attr.name='label'/><key id='d0' for='edge' "
           "attr.name='weight'/><key id='d0' for='" +
           owner + "' attr.name='direction'/>";
  };
  for (const char* owner : {"graph", "all"}) {
    const Dump dump = dump_of(
        "<graphml>" + keys(owner) +
        "<graph edgedefault='directed'><data key='d0'>attends</data>"
        "<node id='0'><data key='d0'>cat</data></node><node id='1'><data key='d0'>dog</data></node>"
        "<edge source='0' target='1'><data key='d0'>0.25</data></edge></graph></graphml>");
    CHECK(dump.tokens == Names{"cat", "dog"});
    CHECK(dump.edges[0].edges.weight == std::vector{0.25});
  }
}

TEST_CASE("an edge with two weights needs one to be chosen") {
  const std::string text =
      "<graphml><graph edgedefault='directed'><node id='a'/><edge source='a' target='a'>"
      "<data key='weight'>1</data><data key='Weight'>2</data></edge></graph></graphml>";
  CHECK_THROWS_WITH_AS(dump_of(text), "a: line 1: two weights, 'weight' and 'Weight'", InputError);
  EdgeOptions chosen;
  chosen.edge_weight = "Weight";
  CHECK(edges_of(text, chosen).edges[0].edges.weight == std::vector{2.0});
}

TEST_CASE("an edge without a weight among weighted ones weighs 1, with a note that counts") {
  const std::string weighted = "<edge source='a' target='a'><data key='w'>0.5</data></edge>";
  const Dump dump =
      dump_of(graph("<node id='a'/><node id='b'/>" + weighted + "<edge source='a' target='b'/>"));
  CHECK(dump.edges[0].edges.weight == std::vector{0.5, 1.0});
  CHECK(dump.notes == Names{"1 edge has no weight and weighs 1"});
}

TEST_CASE("data of edges are listed where none is the weight, and one can be chosen") {
  const std::string text =
      "<graphml><key id='c' for='edge' attr.name='cost'/><graph edgedefault='directed'>"
      "<node id='0'/><edge source='0' target='0'><data key='c'>0.5</data><data key='x'>y</data>"
      "</edge></graph></graphml>";
  CHECK(
      dump_of(text).notes ==
      Names{"no edge data 'weight': every edge weighs 1; $edge-weight takes another: 'cost', 'x'"});
  EdgeOptions cost;
  cost.edge_weight = "cost";
  CHECK(edges_of(text, cost).edges[0].edges.weight == std::vector{0.5});
  cost.edge_weight = "price";
  CHECK_THROWS_WITH_AS(edges_of(text, cost), "a: no edge has data called 'price'", InputError);
  CHECK_THROWS_WITH_AS(edges_of("<graphml><graph edgedefault='directed'><node id='a'/>"
                                "<edge source='a' target='a'/></graph></graphml>",
                                cost),
                       "a: no edge has data called 'price'", InputError);
}

TEST_CASE("a document of another encoding is read as it declares") {
  CHECK(dump_of("<?xml version='1.0' encoding='ISO-8859-1'?><graphml><graph "
                "edgedefault='directed'><node id='\xe9'/></graph></graphml>")
            .tokens == Names{"\xc3\xa9"});
  const std::string text =
      "<?xml version='1.0' encoding='UTF-16'?><graphml><graph edgedefault='directed'><node "
      "id='a'/></graph></graphml>";
  const auto wide = [](const std::string& narrow) {
    std::string units = "\xff\xfe";
    for (const char c : narrow) units += {c, '\0'};
    return units;
  };
  CHECK(dump_of(wide(text)).tokens == Names{"a"});
  const std::string other = "<?xml version='1.0' encoding='ISO-8859-1'?><graphml/>";
  for (const std::string& marked : {wide(other), "\xef\xbb\xbf" + other}) {
    CHECK_THROWS_WITH_AS(
        dump_of(marked),
        "a: line 1: the declaration names another encoding than the mark in front of it",
        InputError);
  }
}

TEST_CASE("elements of another namespace are none of the graph") {
  const Dump dump = dump_of(
      "<graphml xmlns='urn:g' xmlns:x='urn:x' xmlns:h='urn:g'><graph edgedefault='directed'>"
      "<node id='a'/><h:node id='b'/><x:node id='c'/><node xmlns='urn:x' id='d'/>"
      "<edge source='a' target='b'/><x:edge source='b' target='a'/></graph></graphml>");
  CHECK(dump.tokens == Names{"a", "b"});
  CHECK(dump.edges[0].edges.size() == 1);
  CHECK_THROWS_WITH_AS(dump_of("<graphml><y:graph/></graphml>"),
                       "a: line 1, column 10: the prefix of a name is declared nowhere",
                       InputError);
}

TEST_CASE("names of namespaces are short, and names that hold them take no more than they may") {
  const std::string space(4096, 'u');
  const auto with_attributes = [](const std::string& uri, std::size_t count) {
    std::string text = "<graphml xmlns:p='" + uri + "'";
    for (std::size_t i = 0; i < count; ++i) text += " p:a" + std::to_string(i) + "=''";
    return text +
           "><graph edgedefault='directed'><node id='a'/><node id='b'/>"
           "<edge source='a' target='b'/></graph></graphml>";
  };
  CHECK(dump_of(with_attributes(space, 100)).nodes == 2);
  CHECK_THROWS_WITH_AS(dump_of(with_attributes(space + "u", 0)),
                       "a: line 1, column 1: the name of a namespace is longer than 4096 bytes",
                       InputError);
  CHECK_THROWS_WITH_AS(dump_of(with_attributes(space, 8000)),
                       doctest::Contains("a: line 1: its names take more than"), LimitError);
}

TEST_CASE("a key behind the graph comes too late") {
  CHECK_THROWS_WITH_AS(
      dump_of("<graphml><graph edgedefault='directed'><node id='a'/></graph>\n<key id='w'/>"
              "</graphml>"),
      "a: line 2: a <key> behind the <graph>, expected in front of it", InputError);
}

TEST_CASE(
    "labels are the tokens, with their entities resolved; the id stands in for a missing one") {
  const Dump dump =
      dump_of(graph("<node id='0'><data key='l'>&lt;s&gt; &amp; &#x120;&#233;</data></node>"
                    "<node id='1'><data key='l'><![CDATA[<a&b>]]></data></node><node id='2'/>"));
  CHECK(dump.tokens == std::vector<std::string>{"<s> & \xc4\xa0\xc3\xa9", "<a&b>", "2"});
}

TEST_CASE("a label is preferred to a name") {
  const Dump dump = dump_of(
      "<graphml><key id='a' for='node' attr.name='name'/><key id='b' for='node' attr.name='label'/>"
      "<graph edgedefault='directed'><node id='0'><data key='a'>x</data><data "
      "key='b'>y</data></node>"
      "</graph></graphml>");
  CHECK(dump.tokens == std::vector<std::string>{"y"});
}

TEST_CASE("undirected edges go both ways, loops once, with a note") {
  const std::string nodes = "<node id='0'/><node id='1'/>";
  const Dump dump =
      dump_of(graph(nodes + "<edge source='0' target='1'/><edge source='1' target='1'/>"
                            "<edge source='1' target='0' directed='true'/>",
                    "undirected"));
  CHECK(dump.edges[0].edges.source == Indices{0, 1, 1, 1});
  CHECK(dump.edges[0].edges.target == Indices{1, 0, 1, 0});
  CHECK(dump.notes == Names{"1 undirected edge read as edges in both directions",
                            "1 edge stands there twice: both count, as parallel edges, and with "
                            "their sum where a rule chooses edges",
                            "no edge data 'weight': every edge weighs 1"});
}

TEST_CASE("an edge says in every way of XML whether it has a direction") {
  const auto sources = [](const std::string& directed) {
    const std::string edge = "<edge source='0' target='1' directed='" + directed + "'/>";
    return dump_of(graph("<node id='0'/><node id='1'/>" + edge)).edges[0].edges.source;
  };
  for (const char* yes : {"true", "1", "True"}) CHECK(sources(yes) == Indices{0});
  for (const char* no : {"false", "0", "FALSE"}) CHECK(sources(no) == Indices{0, 1});
  CHECK_THROWS_AS(sources("yes"), InputError);
}

TEST_CASE("layers, heads, default weights and unknown data") {
  const Dump dump = dump_of(
      "<graphml><desc>a <b>graph</b></desc>"
      "<key id='w' for='edge' attr.name='weight'><default>0.5</default></key>"
      "<key id='y' for='all' attr.name='layer'/><key id='h' for='edge' attr.name='head'/>"
      "<key id='c' for='node' attr.name='color'/>"
      "<graph edgedefault='directed'><node id='0'><data key='c'><y:Shape "
      "xmlns:y='urn:y'/></data></node>"
      "<edge source='0' target='0'><data key='y'> 1 </data><data key='h'>2</data></edge>"
      "<edge source='0' target='0'><data key='w'>0.125</data></edge></graph></graphml>");
  REQUIRE(dump.edges.size() == 2);
  CHECK(dump.edges[0].edges.weight == std::vector{0.125});
  CHECK(dump.edges[1].layer == 1);
  CHECK(dump.edges[1].head == 2);
  CHECK(dump.edges[1].edges.weight == std::vector{0.5});
}

TEST_CASE("without a key for weights every edge weighs 1, with a note") {
  const Dump dump = dump_of(
      "<graphml><graph edgedefault='directed'><node id='0'/>"
      "<edge source='0' target='0'/></graph></graphml>");
  CHECK(dump.edges[0].edges.weight == std::vector{1.0});
  CHECK(dump.notes == std::vector<std::string>{"no edge data 'weight': every edge weighs 1"});
}

TEST_CASE("a graph without edges is one of nodes alone") {
  const Dump dump = dump_of(graph("<node id='0'/><node id='1'/>"));
  CHECK(dump.nodes == 2);
  CHECK(dump.edges.empty());
}

TEST_CASE("errors name the line") {
  CHECK_THROWS_WITH_AS(dump_of("<graphml>\n<!-- a\nb -->\n<graph>\n</graph></graphml>"),
                       doctest::Contains("a: line 4: <graph> has no edgedefault"), InputError);
  CHECK_THROWS_WITH_AS(dump_of("<graphml>\n<graph edgedefault='directed'>\n<node id='a'></edge>"),
                       "a: line 3, column 16: </edge>, expected </node>", InputError);
  CHECK_THROWS_WITH_AS(dump_of(graph("<node id='0'/>&amp;&#65;&nbsp;")),
                       doctest::Contains("the entity '&nbsp;' is unknown"), InputError);
}
