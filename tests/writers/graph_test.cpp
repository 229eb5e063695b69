#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "core/error.hpp"
#include "formats/graphs/graphml.hpp"
#include "report/answer/drawing.hpp"
#include "writers/pictures/canvas/xml_text.hpp"
#include "writers/pictures/exchange/dot_text.hpp"
#include "written.hpp"

using namespace attngraph;

namespace {

/// Two nodes, an edge that is drawn, and one that is left out.
Drawing small_graph() {
  Drawing graph;
  graph.title = "layer 2, head 7";
  graph.direction = "attends";
  graph.layer = 2;
  graph.head = std::int64_t{7};
  graph.nodes = {{"the", 0.0, 0.0, std::nullopt, 0.0}, {"cat", 1.0, 1.0, std::nullopt, 1.0}};
  graph.edges = {{0, 1, 0.3, 2}};
  graph.left_out = 1;
  graph.remarks = {"shown: the largest edge, 1 of 2"};
  return graph;
}

Drawing labelled_graph(const std::vector<std::string>& labels) {
  Drawing graph;
  graph.title = "hostile";
  graph.direction = "informs";
  for (const auto& label : labels) graph.nodes.push_back({label, 0, 0, std::nullopt, 0});
  graph.edges = {{0, 1, 0.5}};
  return graph;
}

std::string written_graph(std::string_view format, const Drawing& graph) {
  return written(format, [&](Writer& writer) { writer.graph(graph); });
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// XML with some more characters as numbers.
std::string as_graphviz_writes(const std::string& label) {
  std::string text;
  for (const char c : xml_text(label)) {
    if (c == '-') {
      text += "&#45;";
    } else if (c == '\'') {
      text += "&#39;";
    } else {
      text += c;
    }
  }
  return text;
}

}  // namespace

TEST_CASE("DOT has the drawn edges, every number quoted, and says what it leaves out") {
  const std::string dot = written_graph("dot", small_graph());
  CHECK(dot.starts_with("digraph attention {\n"));
  CHECK(contains(dot, "// attends: an edge runs from a query to the key that it attends to\n"));
  CHECK(contains(dot, "// 1 lighter edges left out\n"));
  CHECK(contains(dot, "label=\"layer 2, head 7\nshown: the largest edge, 1 of 2\""));
  CHECK_FALSE(contains(dot, "layout="));
  CHECK(contains(dot, "direction=\"attends\""));
  CHECK(contains(dot, "\"0\" [label=\"the\", fillcolor=\"#ffffff\"];\n"));
  CHECK(
      contains(dot, "\"0\" -> \"1\" [weight=\"0.3\", penwidth=\"4.00\", color=\"#1f4e79ff\"];\n"));
  CHECK(dot.ends_with("}\n"));
}

TEST_CASE("Lighter edges are thinner and fainter") {
  Drawing graph = small_graph();
  graph.edges.push_back({1, 0, 1.2e-5});
  graph.edge_labels = true;
  const std::string dot = written_graph("dot", graph);
  CHECK(contains(dot,
                 "\"1\" -> \"0\" [weight=\"1.2e-05\", penwidth=\"0.40\", "
                 "color=\"#1f4e7950\", label=\"1.2e-05\"];\n"));
}

TEST_CASE("Given places are fixed in points, y upwards as Graphviz counts it") {
  Drawing graph = small_graph();
  graph.placed = true;
  const std::string dot = written_graph("dot", graph);
  CHECK(contains(dot, "inputscale=\"72\""));
  CHECK(contains(dot, "pos=\"0.0,212.1!\""));
  CHECK(contains(dot, "pos=\"212.1,0.0!\""));
}

TEST_CASE("Arcs lie on one line in DOT, columns are as far apart as names need") {
  Drawing graph = small_graph();
  graph.placed = true;
  graph.layout = Layout::arcs;
  CHECK(contains(written_graph("dot", graph), "pos=\"120.0,0.0!\""));
  graph.layout = Layout::columns;
  CHECK(contains(written_graph("dot", graph), "pos=\"240.0,0.0!\""));
}

TEST_CASE("Ranks become rows of the drawing, ordered from left to right") {
  Drawing graph = labelled_graph({"a", "b", "c"});
  graph.placed = true;
  for (auto& node : graph.nodes) node.rank = 0;
  graph.nodes[0].x = 0.9;
  graph.nodes[2].rank = 1;
  const std::string dot = written_graph("dot", graph);
  CHECK(contains(dot, "{ rank=\"same\"; \"1\" -> \"0\" [style=\"invis\"] }\n"));
  CHECK(contains(dot, "{ rank=\"same\"; \"2\" }\n"));
  CHECK(contains(dot, "pos="));
}

TEST_CASE("Text in DOT is quoted so that no part of it takes effect") {
  CHECK(dot_quoted("the") == "\"the\"");
  CHECK(dot_quoted("say \"hi\"") == "\"say \\\"hi\\\"\"");
  CHECK(dot_quoted("a\\b") == "\"a\\\\b\"");
  CHECK(dot_quoted("\\N") == "\"\\\\N\"");
  CHECK(dot_quoted("\\") == "\"\\\\\"");
  CHECK(dot_quoted("\\\n") == "\"\\\\\n\"");
  CHECK(dot_quoted("&lt;&#65;") == "\"&amp;lt;&amp;#65;\"");
  CHECK(dot_quoted("a & b") == "\"a & b\"");
  CHECK(dot_quoted("<b>x</b>") == "\"<b>x</b>\"");
  CHECK(dot_quoted("\x1b[0m") == "\"\\\\x1b[0m\"");
  CHECK(dot_quoted("\xff") == "\"\uFFFD\"");
  CHECK(dot_quoted("\uFFFE") == "\"\uFFFD\"");
}

TEST_CASE("Graphviz shows hostile labels as they went in, and every pinned place") {
  if (std::system("dot -V 2> /dev/null") != 0) return;
  std::vector<std::string> labels;
  for (const auto& label : hostile_labels) {
    // A line end becomes two texts and a tab a blank, in any drawing.
    if (!contains(label, "\n") && !contains(label, "\t") && !label.empty()) labels.push_back(label);
  }
  Drawing graph = labelled_graph(labels);
  graph.placed = true;
  const std::string path = std::tmpnam(nullptr);
  std::ofstream(path + ".dot") << written_graph("dot", graph);
  REQUIRE(std::system(("neato -n -Tsvg " + path + ".dot -o " + path + ".svg").c_str()) == 0);
  std::ostringstream svg;
  svg << std::ifstream(path + ".svg").rdbuf();
  for (const char* ending : {".dot", ".svg"}) std::remove((path + ending).c_str());
  for (const auto& label : labels) {
    CAPTURE(label);
    CHECK(contains(svg.str(), ">" + as_graphviz_writes(label) + "</text>"));
  }
}

TEST_CASE("XML text holds what it can and replaces the rest") {
  CHECK(xml_text("a<b>&\"c\"") == "a&lt;b&gt;&amp;&quot;c&quot;");
  CHECK(xml_text("\n\t\r") == "&#10;&#9;&#13;");
  CHECK(xml_text(std::string("\0\x01\x1f", 3)) == "\uFFFD\uFFFD\uFFFD");
  CHECK(xml_text("\uFFFE\xff") == "\uFFFD\uFFFD");
  CHECK(xml_text("]]>") == "]]&gt;");
}

TEST_CASE("GraphML gives back every edge, weight and label") {
  Drawing graph = labelled_graph(hostile_labels);
  graph.head = std::int64_t{7};
  graph.direction = "attends";
  graph.edges = {{0, 1, 0.1, 2}, {1, 0, 1.2e-5, 2}, {2, 2, 1.0 / 3.0, 2}};
  const Dump dump = read_graphml(Bytes::from(written_graph("graphml", graph)), "a.graphml", {}, {});
  CHECK(dump.tokens == hostile_labels);
  CHECK(dump.nodes == hostile_labels.size());
  REQUIRE(dump.edges.size() == 1);
  CHECK(dump.edges[0].layer == 2);
  CHECK(dump.edges[0].head == 7);
  CHECK(dump.edges[0].edges.source == std::vector<std::int32_t>{0, 1, 2});
  CHECK(dump.edges[0].edges.target == std::vector<std::int32_t>{1, 0, 2});
  CHECK(dump.edges[0].edges.weight == std::vector<double>{0.1, 1.2e-5, 1.0 / 3.0});
}

TEST_CASE("GraphML that leads from keys to queries gives the same attention back") {
  Drawing graph = labelled_graph({"a", "b"});
  graph.direction = "informs";
  const Dump dump = read_graphml(Bytes::from(written_graph("graphml", graph)), "a.graphml", {}, {});
  CHECK(dump.edges[0].edges.source == std::vector<std::int32_t>{1});
  CHECK(dump.edges[0].edges.target == std::vector<std::int32_t>{0});
}

TEST_CASE("GraphML of a graph through all layers names the layer of each edge, and no head") {
  Drawing graph = labelled_graph({"a", "b", "c"});
  graph.edges = {{2, 1, 0.5, 11, 1}, {1, 0, 0.25, 10}};
  const std::string text = written_graph("graphml", graph);
  CHECK(contains(text,
                 "<data key=\"weight\">0.5</data><data key=\"layer\">11</data>"
                 "<data key=\"route\">1</data></edge>"));
  CHECK(contains(text, "<data key=\"weight\">0.25</data><data key=\"layer\">10</data></edge>"));
  CHECK_FALSE(contains(text, "key=\"head\">"));
}

TEST_CASE("Edges of a route have a colour of their own") {
  Drawing graph = small_graph();
  graph.edges.push_back({1, 0, 0.03, 2, 1});
  CHECK(contains(written_graph("dot", graph), "penwidth=\"2.20\", color=\"#c2410cff\""));
}

TEST_CASE("A drawing of more than ten megabytes is noted, with what makes it smaller") {
  Drawing graph = labelled_graph({std::string(6'000'000, 'x'), std::string(6'000'000, 'y')});
  StringOutput output;
  RecordedMessages messages;
  const WriterSettings settings;
  const auto writer = writer_of(format_named("dot"), output, settings, messages);
  writer->graph(graph);
  writer->finish();
  REQUIRE(messages.notes.size() == 1);
  CHECK(messages.notes[0] ==
        "the drawing takes 12 MB, which is slow to show; $top-k and $threshold leave edges out, "
        "attngraph heatmap shows all of them");
}

TEST_CASE("A drawing holds one graph, and says how to write several") {
  const auto two = [](Writer& writer) {
    writer.graph(small_graph());
    writer.graph(small_graph());
  };
  CHECK_THROWS_AS(written("dot", two), ArgumentError);
  CHECK_THROWS_AS(written("dot", [](Writer&) {}), ArgumentError);
}
