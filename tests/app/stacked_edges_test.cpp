#include "input/stacked_edges.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/error.hpp"

using namespace attngraph;

namespace {

using Indices = std::vector<std::int32_t>;
using Names = std::vector<std::string>;

/// A file of one edge.
Dump file(const std::string& source, std::int64_t layer, std::int32_t from, std::int32_t to,
          const Names& tokens = {}) {
  Dump dump;
  dump.source = source;
  dump.nodes = tokens.empty() ? static_cast<std::size_t>(std::max(from, to)) + 1 : tokens.size();
  dump.tokens = tokens;
  dump.edges = {
      {layer, 0, {.nodes = dump.nodes, .source = {from}, .target = {to}, .weight = {0.5}}}};
  return dump;
}

Dump stacked(const std::vector<Dump>& files) {
  StackedEdges edges;
  for (const Dump& dump : files) edges.add(dump);
  Dump stack;
  edges.finish(stack);
  return stack;
}

std::string refusal(const std::vector<Dump>& files) {
  try {
    stacked(files);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("files of edges that share a layer are one layer each, over the nodes of all") {
  const Dump stack = stacked({file("a", 0, 0, 1), file("b", 0, 2, 0)});
  REQUIRE(stack.edges.size() == 2);
  CHECK(stack.edges[1].layer == 1);
  CHECK(stack.nodes == 3);
  CHECK(stack.edges[0].edges.nodes == 3);
}

TEST_CASE("layers of edges keep their numbers where files have layers of their own") {
  const Dump stack = stacked({file("a", 7, 0, 1), file("b", 3, 1, 0)});
  CHECK(stack.edges[0].layer == 3);
  CHECK(stack.edges[1].layer == 7);
}

TEST_CASE("nodes of a file in another order are found by their names, doubles in turn") {
  const Dump stack = stacked(
      {file("a", 0, 0, 1, {"the", "cat", "the"}), file("b", 0, 1, 2, {"cat", "the", "the"})});
  CHECK(stack.tokens == Names{"the", "cat", "the"});
  CHECK(stack.edges[1].edges.source == Indices{0});
  CHECK(stack.edges[1].edges.target == Indices{2});
}

TEST_CASE("other nodes, and several layers beside a shared one, are refused") {
  CHECK(refusal({file("a", 0, 0, 1, {"x", "y"}), file("b", 0, 0, 1, {"x", "z"})}) ==
        "b: its nodes are not those of a");
  Dump two = file("b", 0, 0, 1);
  two.edges.push_back(two.edges.front());
  two.edges.back().layer = 1;
  CHECK(refusal({file("a", 0, 0, 1), two}) ==
        "b: holds 2 layers, and another file has one of the same number");
}
