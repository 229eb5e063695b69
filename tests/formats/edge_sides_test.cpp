#include <doctest/doctest.h>

#include "core/error.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::dump_of;
using test::edges_of;

using Indices = std::vector<std::int32_t>;
using Names = std::vector<std::string>;

namespace {

EdgeOptions crossed() {
  EdgeOptions options;
  options.cross = true;
  return options;
}

}  // namespace

TEST_CASE("where every query has every key of another number of them, they are of two texts") {
  const Dump dump = dump_of("query,key,weight\n0,0,0.5\n0,1,0\n0,2,0.5\n1,0,0\n1,1,1\n1,2,0\n");
  CHECK(dump.queries == 2);
  CHECK(dump.nodes == 5);
  CHECK(dump.edges[0].edges.source == Indices{0, 0, 0, 1, 1, 1});
  CHECK(dump.edges[0].edges.target == Indices{2, 3, 4, 2, 3, 4});
  CHECK(dump.notes ==
        Names{"read as cross-attention of 2 queries and 3 keys; $nodes 3 reads one text"});
  CHECK(dump_of("query,key,weight\n0,0,1\n1,0,1\n2,0,1\n").queries == 3);
}

TEST_CASE("where a query lacks a key they are of one text, with a note") {
  for (const char* rows : {
           "0,0,0.5\n0,3,0.5\n1,1,1\n2,2,1\n",  // the row of the last query fell away
           "0,0,1\n1,0,0.5\n1,3,0.5\n",         // those of the last two
           "0,0,1\n1,0,.5\n1,1,.5\n2,0,1\n3,2,1\n",
       }) {
    CAPTURE(rows);
    const Dump dump = dump_of(std::string("query,key,weight\n") + rows);
    CHECK(dump.queries == 0);
    REQUIRE_FALSE(dump.notes.empty());
  }
  CHECK(dump_of("query,key,weight\n0,0,0.5\n0,3,0.5\n1,1,1\n2,2,1\n").notes ==
        Names{"read as one text of 4 tokens; $cross reads 3 queries and 4 keys of two texts"});
  CHECK(dump_of("query,key,weight\n0,0,1\n1,0,1\n2,1,1\n").queries == 0);
  CHECK(dump_of("source,target,weight\n0,0,1\n0,2,1\n0,1,1\n").notes.empty());
}

TEST_CASE("a key that is the largest of every query, and not its only one, is one of one text") {
  const Dump dump = dump_of("layer,head,query,key,weight\n0,0,0,0,1\n0,0,1,0,.9\n0,0,2,0,.8\n");
  CHECK(dump.queries == 0);
  CHECK(dump.nodes == 3);
}

TEST_CASE("labels that differ make two texts, also of as many tokens") {
  const std::string header = "query,key,weight,query_label,key_label\n";
  const Dump dump = dump_of(header + "0,0,0.5,the,le\n0,1,0.5,the,chat\n1,1,1,cat,chat\n");
  CHECK(dump.queries == 2);
  CHECK(dump.tokens == Names{"the", "cat", "le", "chat"});
  CHECK(dump.notes.empty());
  const Dump same = dump_of(header + "0,0,0.5,the,the\n0,1,0.5,the,cat\n1,1,1,cat,cat\n");
  CHECK(same.queries == 0);
  CHECK(same.tokens == Names{"the", "cat"});
}

TEST_CASE("labels that differ at few places are asked about") {
  const std::string text =
      "query,key,weight,query_label,key_label\n0,0,1,a,a\n1,1,1,b ,b\n2,2,1,c,c\n2,0,1,c,a\n";
  try {
    dump_of(text);
    FAIL("nothing was thrown");
  } catch (const InputError& error) {
    CHECK(error.what() == std::string("a: query 1 is called 'b ', and key 1 'b'"));
    CHECK(error.hint() ==
          "where they are one text, give each token one label; $cross reads the queries and the "
          "keys as two");
  }
  CHECK(edges_of(text, crossed()).tokens == Names{"a", "b ", "c", "a", "b", "c"});
  EdgeOptions one;
  one.nodes = 2;
  CHECK_THROWS_AS(
      edges_of("query,key,weight,query_label,key_label\n0,0,1,the,le\n1,1,1,cat,chat\n", one),
      InputError);
}

TEST_CASE("marks of queries and keys in columns of labels part them, and are taken off") {
  const std::string header = "query,key,weight,query_label,key_label\n";
  const Dump named = dump_of(header + "0,0,1,q:a,k:a\n1,2,1,q:b,k:c\n");
  CHECK(named.queries == 2);
  CHECK(named.tokens == Names{"a", "b", "a", "1", "c"});
  const Dump numbered = dump_of(header + "0,0,1,q:0,k:0\n1,2,1,q:1,k:2\n");
  CHECK(numbered.queries == 2);
  CHECK(numbered.nodes == 5);
  CHECK(numbered.tokens.empty());
}

TEST_CASE("two texts that are asked for have ids that are indices of either, whatever is missing") {
  for (const char* header : {"query,key,weight\n", "source,target,weight\n"}) {
    CAPTURE(header);
    const Dump dump = edges_of(std::string(header) + "0,0,1\n2,1,1\n", crossed());
    CHECK(dump.queries == 3);
    CHECK(dump.nodes == 5);
    CHECK(dump.edges[0].edges.target == Indices{3, 4});
    CHECK(dump.notes.empty());
  }
  EdgeOptions counted = crossed();
  counted.queries = 3;
  counted.keys = 4;
  CHECK(edges_of("query,key,weight\n0,0,1\n", counted).nodes == 7);
  CHECK_THROWS_WITH_AS(edges_of("query,key,weight\n3,0,1\n", counted),
                       "a: line 2: query: '3', expected an index below 3", InputError);
  CHECK_THROWS_WITH_AS(edges_of("query,key,weight\n0,4,1\n", counted),
                       "a: line 2: key: '4', expected an index below 4", InputError);
}

TEST_CASE("two texts have no ids that are names, and no edges that lead both ways") {
  CHECK_THROWS_WITH_AS(edges_of("query,key,weight\nthe,le,1\n", crossed()),
                       "a: line 2: query: 'the', expected an index", InputError);
  CHECK_THROWS_WITH_AS(edges_of("query,key,weight,type\n0,1,1,Undirected\n", crossed()),
                       "a: line 2: type: 'Undirected', expected Directed", InputError);
  CHECK(dump_of("query,key,weight,type\n0,1,1,Undirected\n").nodes == 2);
}

TEST_CASE("an item of a batch is asked of rows that tell items apart") {
  EdgeOptions second;
  second.batch = 1;
  CHECK_THROWS_WITH_AS(edges_of("query,key,weight\n0,0,1\n", second),
                       "a: no column says of which item of a batch a row is", InputError);
}
