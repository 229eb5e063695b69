#include <doctest/doctest.h>

#include "core/error.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::dump_of;

using Indices = std::vector<std::int32_t>;

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

TEST_CASE("ids that igraph numbers are no tokens") {
  CHECK(dump_of(graph("<node id='n0'/><node id='n1'/>")).tokens.empty());
  CHECK(dump_of(graph("<node id='n1'/><node id='n0'/>")).tokens ==
        std::vector<std::string>{"n1", "n0"});
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
  CHECK(dump.notes ==
        std::vector<std::string>{"1 undirected edge read as edges in both directions"});
}

TEST_CASE("layers, heads, default weights and unknown data") {
  const Dump dump = dump_of(
      "<graphml><desc>a <b>graph</b></desc>"
      "<key id='w' for='edge' attr.name='weight'><default>0.5</default></key>"
      "<key id='y' for='all' attr.name='layer'/><key id='h' for='edge' attr.name='head'/>"
      "<key id='c' for='node' attr.name='color'/>"
      "<graph edgedefault='directed'><node id='0'><data key='c'><y:Shape/></data></node>"
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
}
