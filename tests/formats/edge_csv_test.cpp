#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/error.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::dump_of;

using Indices = std::vector<std::int32_t>;

TEST_CASE("edges between indices are read; nodes reach to the largest index") {
  const Dump dump = dump_of("source,target,weight\n0,1,0.5\n3,1,0.25\n");
  CHECK(dump.format == "CSV edges");
  CHECK(dump.nodes == 4);
  CHECK(dump.tokens.empty());
  CHECK(dump.notes.empty());
  REQUIRE(dump.edges.size() == 1);
  CHECK(dump.edges[0].edges.source == Indices{0, 3});
  CHECK(dump.edges[0].edges.target == Indices{1, 1});
  CHECK(dump.edges[0].edges.weight == std::vector{0.5, 0.25});
}

TEST_CASE("columns come in any order, in CRLF lines, the last without an end") {
  const Dump dump = dump_of("Weight,TARGET,\"source\"\r\n0.5,1,0\r\n0.25,2,\"1\"");
  CHECK(dump.edges[0].edges.source == Indices{0, 1});
  CHECK(dump.edges[0].edges.target == Indices{1, 2});
}

TEST_CASE("weights of attention as rows are edges from queries to keys") {
  const Dump dump = dump_of("layer,head,query,key,weight\n0,0,1,2,0.5\n");
  CHECK(dump.format == "CSV edges");
  CHECK(dump.notes.empty());
  CHECK(dump.edges[0].edges.source == Indices{1});
  CHECK(dump.edges[0].edges.target == Indices{2});
}

TEST_CASE("layers and heads become lists of their own, in ascending order") {
  const Dump dump = dump_of(
      "layer,head,source,target,weight\n1,0,0,1,0.1\n0,1,0,1,0.2\n1,0,1,1,0.3\n0,0,0,0,0.4\n");
  REQUIRE(dump.edges.size() == 3);
  CHECK(dump.edges[0].layer == 0);
  CHECK(dump.edges[0].head == 0);
  CHECK(dump.edges[1].head == 1);
  CHECK(dump.edges[2].layer == 1);
  CHECK(dump.edges[2].edges.weight == std::vector{0.1, 0.3});
}

TEST_CASE("labels become tokens in the order in which they first appear") {
  const Dump dump =
      dump_of("source,target,weight\nthe,cat,0.5\ncat,\"sat, \"\"on\"\"\",0.25\n7,the,1\n");
  CHECK(dump.tokens == std::vector<std::string>{"the", "cat", "sat, \"on\"", "7"});
  CHECK(dump.nodes == 4);
  CHECK(dump.edges[0].edges.source == Indices{0, 1, 3});
  CHECK(dump.edges[0].edges.target == Indices{1, 2, 0});
  CHECK(dump.notes == std::vector<std::string>{
                          "source and target read as labels, because 'the' in line 2 is no index"});
}

TEST_CASE("two quoted fields of one line may both hold quotes and line ends") {
  const Dump dump = dump_of("source,target\n\"a\"\"1\",\"b\"\"\n2\"\nc,d\n");
  CHECK(dump.tokens == std::vector<std::string>{"a\"1", "b\"\n2", "c", "d"});
}

TEST_CASE("lines are counted through quoted line ends") {
  CHECK_THROWS_WITH(dump_of("source,target,weight\n\"a\nb\",c,1\nd,e,x\n"),
                    doctest::Contains("a: line 4: weight: 'x'"));
}

TEST_CASE("without a column weight every edge weighs 1; other columns are left out") {
  const Dump dump = dump_of("source,target,kind\n0,1,x\n");
  CHECK(dump.edges[0].edges.weight == std::vector{1.0});
  CHECK(dump.notes == std::vector<std::string>{"column 'kind' left out",
                                               "no column 'weight': every edge weighs 1"});
}

TEST_CASE("a fused head is read as head 0 with a note") {
  const Dump dump = dump_of("layer,head,source,target,weight\n0,mean,0,1,0.1\n0,mean,1,1,0.2\n");
  CHECK(dump.edges.size() == 1);
  CHECK(dump.notes == std::vector<std::string>{"head 'mean' read as head 0"});
}

TEST_CASE("edges beyond the memory limit are refused") {
  std::string text = "source,target\n";
  for (int i = 0; i < 2000; ++i) text += "0,1\n";
  Limits limits;
  limits.memory = 20000;
  CHECK_THROWS_WITH_AS(dump_of(text, limits), doctest::Contains("$max-memory 20000"), LimitError);
}

TEST_CASE("any labels read back as RFC 4180 quotes them") {
  CHECK(rc::check("write then read is identity", [] {
    const auto alphabet = rc::gen::element('a', ',', '"', '\n', ' ');
    const auto label = rc::gen::nonEmpty(rc::gen::container<std::string>(alphabet));
    const auto pairs =
        *rc::gen::nonEmpty(rc::gen::container<std::vector<std::pair<std::string, std::string>>>(
            rc::gen::pair(label, label)));
    const auto field = [](const std::string& text) {
      std::string out = "\"";
      for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
      return out + "\"";
    };
    std::string text = "source,target\n";
    for (const auto& [from, to] : pairs) text += field(from) + "," + field(to) + "\n";
    const Dump dump = dump_of(text);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const EdgeArrays& list = dump.edges[0].edges;
      RC_ASSERT(dump.tokens[static_cast<std::size_t>(list.source[i])] == pairs[i].first);
      RC_ASSERT(dump.tokens[static_cast<std::size_t>(list.target[i])] == pairs[i].second);
    }
  }));
}
