#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/error.hpp"
#include "formats/labels/labels.hpp"

using namespace attngraph;

using Texts = std::vector<std::string>;

namespace {

Texts labels(const std::string& text) { return read_labels(Bytes::from(text), "t", {}).texts; }

std::string problem(const std::string& text) {
  try {
    labels(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "was read";
}

}  // namespace

TEST_CASE("lines that are numbered in another order than they stand are refused") {
  for (const char* table :
       {"b\t1\nc\t2\na\t0\n", "2\tb\n3\tc\n1\ta\n", "1,b\n2,c\n0,a\n", "b;1\nc;2\na;0\n",
        "2,c\n0,a\n1,b\n", ",0\n1,b\n2,c\n0,a\n", "1 b\n2 c\n0 a\n", "1: b\n0: a\n"}) {
    CAPTURE(std::string(table));
    CHECK(problem(table) ==
          "t: every line has a number, and they count the lines in another order than that in "
          "which they stand");
  }
  CHECK(labels("a\t0\nb\t1\nc\t2\n") == Texts{"a", "b", "c"});
  CHECK(labels("2\n0\n1\n") == Texts{"2", "0", "1"});
}

TEST_CASE("a column of another name that numbers the rows in another order is refused") {
  CHECK(problem("rank,token\n2,c\n0,a\n1,b\n") ==
        "t: column 'rank' numbers the rows in another order than that in which they stand");
  CHECK(problem("token,word,nth\n7,c,3\n8,a,1\n9,b,2\n") ==
        "t: column 'nth' numbers the rows in another order than that in which they stand");
  CHECK(labels("position,token\n2,c\n0,a\n1,b\n") == Texts{"a", "b", "c"});
}

TEST_CASE("a column beside the places, in their order, or of other numbers says nothing") {
  CHECK(labels("rank,token,index\n2,c,0\n0,a,1\n1,b,2\n") == Texts{"c", "a", "b"});
  CHECK(labels("rank,token,nth\n2,c,0\n0,a,1\n1,b,2\n") == Texts{"c", "a", "b"});
  CHECK(labels("rank,token\n2,c\n0,a\n2,b\n") == Texts{"c", "a", "b"});
  CHECK(labels("rank,token\n2,c\n0,a\n1.5,b\n") == Texts{"c", "a", "b"});
  CHECK(labels("special,token\n1,[CLS]\n0,a\n") == Texts{"[CLS]", "a"});
}
