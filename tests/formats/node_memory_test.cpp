#include <doctest/doctest.h>

#include <string>

#include "core/error.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::dump_of;

TEST_CASE("nodes and what they are called count against the memory limit, long names too") {
  const std::string long_name(1000, 'n');
  std::string ids = "source,target,weight\n", names = ids,
              labels = "source,target,weight,source_label,target_label\n",
              graphml = R"(<graphml xmlns="http://graphml.graphdrawing.org/xmlns">)"
                        R"(<graph edgedefault="directed">)",
              nodes = R"({"nodes":[)";
  for (int i = 0; i < 600; ++i) {
    const std::string number = std::to_string(i);
    ids += "n" + number + ",n0,1\n";
    names += long_name + number + ",n0,1\n";
    labels += number + ",0,1,l" + number + ",l0\n";
    graphml += "<node id=\"n" + number + "\"/>";
    nodes += R"({"id":"n)" + number + "\"},";
  }
  graphml += R"(<edge source="n0" target="n1"/></graph></graphml>)";
  nodes += R"({"id":"last"}],"links":[{"source":"n0","target":"n1"}]})";
  Limits little, enough, much;
  little.memory = 60000;
  enough.memory = 400000;
  much.memory = 4000000;
  for (const auto& text : {ids, labels, graphml, nodes}) {
    CAPTURE(text.substr(0, 60));
    CHECK(dump_of(text, enough).nodes >= 600);
    CHECK_THROWS_WITH_AS(dump_of(text, little), doctest::Contains("$max-memory 60000"), LimitError);
  }
  CHECK_THROWS_WITH_AS(dump_of(names, enough), doctest::Contains("$max-memory 400000"), LimitError);
  CHECK(dump_of(names, much).nodes == 601);
}

TEST_CASE("rows in a list are copied only where there is memory for that") {
  Limits limits;
  limits.memory = 40;
  CHECK_THROWS_WITH_AS(dump_of(R"([{"source":0,"target":1,"weight":1}])", limits),
                       doctest::Contains("needs 45 bytes of memory, more than $max-memory 40"),
                       LimitError);
}

TEST_CASE("a node with more keys than any has is refused") {
  std::string text = R"({"nodes":[{"id":"a")";
  for (int i = 0; i < 66000; ++i) text += ",\"k" + std::to_string(i) + "\":1";
  CHECK_THROWS_WITH_AS(dump_of(text + R"(}],"links":[{"source":"a","target":"a"}]})"),
                       "a: nodes 0: more than 65536 keys", InputError);
}
