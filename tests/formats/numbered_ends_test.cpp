#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::dump_of;

using Indices = std::vector<std::int32_t>;
using Names = std::vector<std::string>;

namespace {

std::string hint_of(const std::string& text) {
  try {
    dump_of(text);
  } catch (const InputError& error) {
    return error.hint();
  }
  return "was read";
}

}  // namespace

TEST_CASE("an index beside the text of both ends is the token, the text its label") {
  for (const auto& [text, index] : std::vector<std::pair<std::string, std::string>>{
           {"", "_idx"}, {"", "_pos"}, {"", "_index"}, {"_id", "_pos"}, {"_token", "_position"}}) {
    for (const auto& [from, to] :
         std::vector<std::pair<std::string, std::string>>{{"query", "key"}, {"from", "to"}}) {
      const Dump dump = dump_of(from + text + "," + from + index + "," + to + text + "," + to +
                                index + ",weight\n a,2,b,1,0.5\nb,1, a,2,0.25\n a,0,b,1,1\n");
      CHECK(dump.tokens == Names{" a", "b", " a"});
      CHECK(dump.edges[0].edges.source == Indices{2, 1, 0});
      CHECK(dump.edges[0].edges.target == Indices{1, 2, 1});
      CHECK(dump.notes ==
            Names{"columns '" + from + index + "' and '" + to + index + "' are the tokens, '" +
                  from + text + "' and '" + to + text + "' their labels"});
    }
  }
}

TEST_CASE("the same of the rows of JSON, and of indices that pandas wrote as floats") {
  const Dump dump = dump_of(
      R"([{"query":"a","query_idx":1,"key":"a","key_idx":0,"weight":1},
          {"query":"a","query_idx":0,"key":"a","key_idx":1,"weight":0.5}])");
  CHECK(dump.tokens == Names{"a", "a"});
  CHECK(dump.edges[0].edges.source == Indices{1, 0});
  const Dump floats = dump_of("query,query_idx,key,key_idx\na,1.0,b,0.0\n");
  CHECK(floats.tokens == Names{"b", "a"});
}

TEST_CASE("whole numbers beside other ones may both say which token it is") {
  const std::string numbers = "query,query_pos,key,key_pos\n101,0,7,1\n7,1,101,0\n";
  CHECK_THROWS_WITH_AS(dump_of(numbers),
                       "a: columns 'query' and 'key' hold whole numbers, and 'query_pos' and "
                       "'key_pos' others: either may say which token it is",
                       InputError);
  const std::string hint =
      "where 'query_pos' and 'key_pos' say which token it is, call 'query' and 'key' source_label "
      "and target_label, and them source and target; where not, leave them out";
  CHECK(hint_of(numbers) == hint);
  CHECK(dump_of("source_label,source,target_label,target\n101,0,7,1\n7,1,101,0\n").tokens ==
        Names{"101", "7"});
  CHECK(dump_of("query,key\n101,7\n7,101\n").tokens == Names{"7", "101"});
  CHECK(dump_of("query,query_pos,key,key_pos\n0,0,1,1\n").tokens == Names{"0", "1"});
  const std::string several = "source,source_pos,target,target_pos\nf1,0,f2,0\n";
  CHECK_THROWS_WITH_AS(dump_of(several),
                       "a: line 2: target: the node that was called 'f1' is called 'f2'",
                       InputError);
  CHECK(hint_of(several).starts_with("where 'source_pos' and 'target_pos' say which token"));
}

TEST_CASE("what is no index, or of one end alone, is left out") {
  CHECK(dump_of("query,query_idx,key,weight\na,1,b,1\n").tokens == Names{"a", "b"});
  const Dump parts = dump_of("query,query_pos,key,key_pos,weight\na,NOUN,b,VERB,1\n");
  CHECK(parts.tokens == Names{"a", "b"});
  CHECK(parts.notes == Names{"2 columns left out: 'query_pos', 'key_pos'"});
  CHECK(dump_of("query,query_pos,key,key_pos\na,0,b,1\nb,x,a,0\n").tokens == Names{"a", "b"});
  CHECK(dump_of("query,query_idx,key,key_idx,query_label\n0,8,1,9,a\n").tokens == Names{"a", "1"});
  CHECK(dump_of(R"([{"query":0,"query_idx":8,"key":1,"key_idx":9,"query_label":"a"}])").tokens ==
        Names{"a", "1"});
  CHECK(dump_of("query_idx,query_pos,key_idx,key_pos\n0,8,1,9\n").tokens.empty());
}
