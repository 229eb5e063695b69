#include "formats/labels/segment_file.hpp"

#include <doctest/doctest.h>

#include <string>

#include "core/error.hpp"

namespace attngraph {
namespace {

std::vector<NamedRange> read(const std::string& text) {
  return read_segments(Bytes::from(text), "parts.csv", {});
}

std::string problem(const std::string& text) {
  try {
    read(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("segments are read from the columns name, first and last, wherever they stand") {
  const std::vector<NamedRange> both{{"a, b", 0, 3}, {"c", 5, 5}};
  CHECK(read("name,first,last\n\"a, b\",0,3\nc,5,5\n") == both);
  CHECK(read("last,note,name,first\n3,x,\"a, b\",0\n5,y,c,5\n") == both);
  CHECK(read("\"a, b\",0,3\r\nc,5,5") == both);
  CHECK(read("name\tfirst\tlast\na, b\t0\t3\nc\t5\t5\n") == both);
}

TEST_CASE("a file of segments that is something else is refused with its line") {
  CHECK(problem("name,first,last\na,3,2\n") ==
        "parts.csv: line 2: '3' to '2' is no range of tokens");
  CHECK(problem("a,0,x\n") == "parts.csv: line 1: '0' to 'x' is no range of tokens");
  CHECK(problem("a,0,\n") == "parts.csv: line 1: '0' to '' is no range of tokens");
  CHECK(problem("a,0,99999999999999999999\n") ==
        "parts.csv: line 1: '0' to '99999999999999999999' is no range of tokens");
  CHECK(problem("a,0\n") == "parts.csv: line 1: has 2 fields, expected 3");
  CHECK(problem("name,first,last\n") == "parts.csv: names no segment");
}

}  // namespace attngraph
