#include "formats/edges/marked_sides.hpp"

#include <doctest/doctest.h>

#include "tensor/dump.hpp"

using namespace attngraph;

namespace {

/// One edge from the first node to the last.
Dump graph_of(std::vector<std::string> labels) {
  Dump dump;
  dump.nodes = labels.size();
  dump.edges.emplace_back();
  dump.edges.back().edges.nodes = labels.size();
  dump.edges.back().edges.add(0, static_cast<std::int32_t>(labels.size()) - 1, 0.5);
  dump.tokens = std::move(labels);
  return dump;
}

}  // namespace

TEST_CASE("nodes marked as queries and keys are parted, and lose their marks") {
  Dump dump = graph_of({"q:the", "k:le", "k:chat"});
  part_marked_sides(dump);
  CHECK(dump.queries == 1);
  CHECK(dump.tokens == std::vector<std::string>{"the", "le", "chat"});
}

TEST_CASE("edges from marked keys to marked queries are turned, with a note") {
  Dump dump = graph_of({"q:the", "k:le"});
  std::swap(dump.edges[0].edges.source, dump.edges[0].edges.target);
  part_marked_sides(dump);
  CHECK(dump.queries == 1);
  CHECK(dump.edges[0].edges.source == std::vector<std::int32_t>{0});
  CHECK(dump.notes ==
        std::vector<std::string>{"edges lead from keys (k:) to queries (q:): they are turned"});
}

TEST_CASE("where only numbers are left behind the marks there are no labels") {
  Dump dump = graph_of({"q:0", "q:1", "k:0", "k:1", "k:2"});
  part_marked_sides(dump);
  CHECK(dump.queries == 2);
  CHECK(dump.tokens.empty());
}

TEST_CASE("a graph whose marks or edges do not part it stays one of equal nodes") {
  for (const auto& labels : std::vector<std::vector<std::string>>{
           {"q:a", "b", "k:c"}, {"k:a", "q:b"}, {"q:a", "q:b"}, {"a", "b"}}) {
    Dump dump = graph_of(labels);
    part_marked_sides(dump);
    CHECK(dump.queries == 0);
    CHECK(dump.tokens == labels);
  }
  Dump backward = graph_of({"q:a", "k:b"});
  backward.edges[0].edges.add(1, 0, 0.5);
  part_marked_sides(backward);
  CHECK(backward.queries == 0);
  Dump among_queries = graph_of({"q:a", "q:b", "k:c"});
  among_queries.edges[0].edges.add(0, 1, 0.5);
  part_marked_sides(among_queries);
  CHECK(among_queries.queries == 0);
  Dump among_keys = graph_of({"q:a", "k:b", "k:c"});
  among_keys.edges[0].edges.add(1, 2, 0.5);
  part_marked_sides(among_keys);
  CHECK(among_keys.queries == 0);
}
