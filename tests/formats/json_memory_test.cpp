#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/error.hpp"
#include "formats/encoders.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::dump_of;

namespace {

/// `begin item,item,…end`
std::string repeated(const std::string& begin, const std::string& item, int times,
                     const std::string& end) {
  std::string text = begin + item;
  for (int i = 1; i < times; ++i) text += "," + item;
  return text + end;
}

/// An object with so many keys.
std::string keys(int count) {
  std::string text = "{\"0\":1";
  for (int i = 1; i < count; ++i) text += ",\"" + std::to_string(i) + "\":1";
  return text + "}";
}

}  // namespace

TEST_CASE("what is small in the text and large in memory counts against the limit as it grows") {
  Limits limits;
  limits.memory = std::size_t{1} << 18;
  const std::string long_name(400, 'n');
  for (const auto& text : {
           repeated("{\"a\":[", R"({"b":[[1]]})", 500, "]}"),
           repeated("{\"" + long_name + "\":[", R"({"b":[[1]]})", 100, "]}"),
           repeated("[", "[[[1]]],[[[1,2]]]", 500, "]"),
           repeated("{\"a\":[", R"({"b":["x"]})", 500, "],\"m\":[[1]]}"),
           repeated("[", R"({"tokens":["x"],"attention":[[1]]})", 300, "]"),
           repeated("{\"tokens\":[", "\"\\u0041\"", 4000, "],\"attention\":[[1]]}"),
           repeated("{\"attention\":[[1]],\"tokens\":[", "\"" + std::string(2000, 'x') + "\"", 10,
                    "]}"),
           "{\"m\":[[1]],\"x\":" + keys(4000) + "}",
           "{\"m\":[[1]],\"x\":[[" + keys(4000) + "]]}",
           keys(1000),
       }) {
    CAPTURE(text.substr(0, 60));
    CHECK_THROWS_WITH_AS(dump_of(text, limits), doctest::Contains("$max-memory 262144"),
                         LimitError);
  }
}

TEST_CASE("a hundred small arrays and labels fit into little memory") {
  Limits limits;
  limits.memory = std::size_t{1} << 18;
  CHECK(dump_of(repeated("{\"a\":[", R"({"b":[[1]]})", 50, "]}"), limits).tensors.size() == 50);
  CHECK(dump_of(repeated("{\"tokens\":[", "\"a\"", 500, "],\"attention\":[[1]]}"), limits)
            .tokens.size() == 500);
  // Keys of one object after the other take room once.
  const std::string object = keys(500);
  CHECK(dump_of("{\"m\":[[1]],\"x\":{\"a\":" + object + ",\"b\":" + object + ",\"c\":" + object +
                    ",\"d\":" + object + ",\"e\":" + object + ",\"f\":" + object + "}}",
                limits)
            .tensors.size() == 1);
}

TEST_CASE("arrays of many sizes one after the other keep their own numbers") {
  const Dump dump = dump_of(R"({"a":[[1,2],[3,4]],"b":[[5]],"c":[[6,7,8]],"d":["x"],"e":[[9]]})");
  REQUIRE(dump.tensors.size() == 4);
  CHECK(dump.tensors[0].tensor.to_doubles() == std::vector{1.0, 2.0, 3.0, 4.0});
  CHECK(dump.tensors[1].tensor.to_doubles() == std::vector{5.0});
  CHECK(dump.tensors[2].tensor.to_doubles() == std::vector{6.0, 7.0, 8.0});
  CHECK(dump.tensors[3].tensor.to_doubles() == std::vector{9.0});
}

TEST_CASE("very many arrays of any format count against the memory limit") {
  Limits limits;
  limits.memory = 200000;
  std::vector<test::ZipEntry> members;
  for (int i = 0; i < 101; ++i) {
    members.push_back({std::to_string(i) + ".npy", test::npy_file("<f4", "(1,)", "1234")});
  }
  try {
    dump_of(test::zip_file(members), limits);
    FAIL("was read");
  } catch (const LimitError& error) {
    CHECK(std::string(error.what()).find("$max-memory 200000") != std::string::npos);
    CHECK(error.hint() == "raise $max-memory, or save fewer and larger arrays");
  }
}
