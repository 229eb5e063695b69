#include "writers/pictures/graph/graph_svg.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "report/answer/drawing.hpp"
#include "writers/pictures/canvas/xml_text.hpp"
#include "writers/written.hpp"

namespace attngraph {
namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

Drawing labelled(const std::vector<std::string>& labels, Layout layout) {
  Drawing graph;
  graph.title = "layer 2, head 5";
  graph.direction = "attends";
  graph.remarks = {"an arrow leads from each token to what it attends to",
                   "shown: 2 edges above 0.3 of 9 (53% of the attention)"};
  graph.layout = layout;
  graph.placed = true;
  graph.largest_size = 1.25;
  for (std::size_t v = 0; v < labels.size(); ++v) {
    const double share = static_cast<double>(v) / static_cast<double>(labels.size());
    graph.nodes.push_back({labels[v], share, 1 - share, std::nullopt, 0.5});
  }
  graph.edges = {{1, 0, 0.5}, {0, 1, 0.4}};
  return graph;
}

/// What rsvg-convert says of a file; nothing where it is content.
std::string complaints(const std::string& svg) {
  const std::string path = std::tmpnam(nullptr);
  std::ofstream(path + ".svg") << svg;
  const std::string command = "rsvg-convert " + path + ".svg -o " + path + ".png 2> " + path +
                              ".txt || echo failed >> " + path + ".txt";
  if (std::system(command.c_str()) != 0) return "cannot be run";
  std::ostringstream text;
  text << std::ifstream(path + ".txt").rdbuf();
  for (const char* ending : {".svg", ".png", ".txt"}) std::remove((path + ending).c_str());
  return text.str();
}

bool rsvg_is_there() { return std::system("rsvg-convert --version > /dev/null 2>&1") == 0; }

TEST_CASE("a picture of a graph says of what, which way, and what is left out") {
  const std::string svg = graph_svg(labelled({"the", "cat"}, Layout::arcs), "a.npy", 0);
  CHECK(contains(svg, "<title>a.npy: layer 2, head 5</title>"));
  CHECK(contains(svg, ">layer 2, head 5</text>"));
  CHECK(contains(svg, ">a.npy</text>"));
  CHECK(contains(svg, ">an arrow leads from each token to what it attends to</text>"));
  CHECK(contains(svg, ">shown: 2 edges above 0.3 of 9 (53% of the attention)</text>"));
  CHECK(contains(svg, "<title>cat → the 0.5</title>"));
  CHECK(contains(svg, ">weight:</text>"));
  CHECK(contains(svg, ">attention received:</text>"));
  CHECK(contains(svg, ">1.2</text>"));
  CHECK(count_of(svg, "<g class=\"edge\"") == 2);
}

TEST_CASE("hostile labels are text, in every layout") {
  for (const Layout layout : {Layout::arcs, Layout::circle, Layout::spring}) {
    const std::string svg = graph_svg(labelled(hostile_labels, layout), "<a&b>.npy", 0);
    CHECK(contains(svg, "&lt;b&gt;bold&lt;/b&gt;</text>"));
    CHECK(contains(svg, ">two\\nlines</text>"));
    CHECK(contains(svg, "&lt;U+202E&gt;abc"));
    CHECK(contains(svg, "&lt;a&amp;b&gt;.npy: layer 2"));
    CHECK_FALSE(contains(svg, "<b>"));
    CHECK_FALSE(contains(svg, "\x1b"));
  }
}

TEST_CASE("the same graph is the same file") {
  const Drawing graph = labelled(hostile_labels, Layout::spring);
  CHECK(graph_svg(graph, "a", 0) == graph_svg(graph, "a", 0));
}

TEST_CASE("a graph without edges, or without any node, is a picture too") {
  Drawing graph = labelled({"the"}, Layout::arcs);
  graph.edges.clear();
  CHECK(contains(graph_svg(graph, "", 0), ">the</text>"));
  graph.nodes.clear();
  CHECK(contains(graph_svg(graph, "", 0), "layer 2, head 5"));
}

TEST_CASE("rsvg-convert renders every layout without a warning") {
  if (!rsvg_is_there()) return;
  for (const Layout layout : {Layout::arcs, Layout::circle, Layout::spring}) {
    CHECK(complaints(graph_svg(labelled(hostile_labels, layout), "a.npy", 0)).empty());
  }
  Drawing sides = labelled({"q:a", "k:b"}, Layout::columns);
  sides.queries = 1;
  sides.edge_labels = true;
  CHECK(complaints(graph_svg(sides, "a.npy", 0)).empty());
}

}  // namespace
}  // namespace attngraph
