#include <doctest/doctest.h>

#include "core/error.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::dump_of;

namespace {

using Names = std::vector<std::string>;

const std::string columns = R"({"columns":["source","target","weight"],"index":[0,1],"data":)";

}  // namespace

TEST_CASE("a table of edges is read as pandas writes it with orient=\"split\"") {
  const Dump dump = dump_of(columns + R"([["the","cat",0.5],["cat","the",null]]})");
  CHECK(dump.format == "JSON edges");
  CHECK(dump.tokens == Names{"the", "cat"});
  CHECK(dump.edges[0].edges.weight == std::vector{.5, 1.0});
  const Dump heads = dump_of(
      R"({"columns":["source","target","head","weight"],"data":[[0,1,0,0.5],[1,0,1,0.25]]})");
  CHECK(heads.edges.size() == 2);
}

TEST_CASE("a table of edges is read as pandas writes it with orient=\"table\"") {
  const Dump dump = dump_of(
      R"({"schema":{"fields":[{"name":"index","type":"integer"}],"primaryKey":["index"],)"
      R"("pandas_version":"1.4.0"},"data":[{"index":0,"source":0,"target":1,"weight":0.5}]})");
  CHECK(dump.edges[0].edges.weight == std::vector{.5});
  CHECK(dump.notes == Names{"column 'index' left out"});
}

TEST_CASE("a matrix of pandas stays one, whatever its columns are called") {
  const auto is_matrix = [](const std::string& text) {
    const Dump dump = dump_of(text);
    return dump.edges.empty() && dump.tensors.front().name == "data" &&
           dump.tensors.front().tensor.rank() == 2;
  };
  CHECK(is_matrix(R"({"columns":["from","to"],"index":["from","to"],"data":[[0.5,0.5],[0,1]]})"));
  CHECK(is_matrix(R"({"columns":["from","to","weight"],"data":[[0.2,0.3,0.5],[0.1,0.1,0.8]]})"));
  CHECK(is_matrix(R"({"columns":["the","the"],"index":[0,1],"data":[[0.5,0.5],[0.0,1.0]]})"));
  CHECK(is_matrix(R"({"columns":["source","target","value"],"data":[[0.0,1.0,0.0]]})"));
}

TEST_CASE("rows that do not fit their columns are refused with their number") {
  CHECK_THROWS_WITH_AS(dump_of(columns + "[[0,1,0.5],[1,0]]}"),
                       "a: data 1: has 2 values, expected 3", InputError);
  CHECK_THROWS_WITH_AS(dump_of(columns + "[[0,1,0.5],[1,0,2,3]]}"),
                       "a: data 1: has 4 values, expected 3", InputError);
  CHECK_THROWS_WITH_AS(dump_of(columns + "[[0,1,0.5],7]}"),
                       "a: data 1: a plain value, expected a list", InputError);
  CHECK_THROWS_WITH_AS(dump_of(columns + "[[0,1,0.5],{}]}"),
                       "a: data 1: an object, expected a list", InputError);
}

TEST_CASE("a column that is named twice is refused") {
  CHECK_THROWS_WITH_AS(
      dump_of(
          R"({"results":[{"source":0,"target":1}],"columns":["source","source"],"data":[[0,1]]})"),
      "a: line 1: the column 'source' occurs twice", InputError);
}

TEST_CASE("a list in a row of JSON Lines names no columns") {
  const std::string line = R"({"source":0,"target":1,"columns":["a","a"]})";
  CHECK(dump_of(line + "\n" + line).edges.at(0).edges.weight.size() == 2);
}
