#include <doctest/doctest.h>

#include <string>

#include "core/error.hpp"
#include "formats/json/json_name.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::dump_of;

TEST_CASE("a very long key stands in names by its beginning and its place") {
  const std::string most(1024, 'k');
  CHECK(key_in_names(most, 3) == most);
  CHECK(key_in_names(most + "k", 3) == most + "… (3)");
  CHECK(key_in_names(std::string(1023, 'k') + "ééé", 0) == std::string(1023, 'k') + "… (0)");
  const std::string prompt(1000000, 'p');
  const Dump dump = dump_of("{\"" + prompt + "a\":[[[1]]],\"" + prompt + "b\":[[[2]]]}");
  REQUIRE(dump.tensors.size() == 2);
  CHECK(dump.tensors[0].name == prompt.substr(0, 1024) + "… (0)");
  CHECK(dump.tensors[1].name == prompt.substr(0, 1024) + "… (1)");
}

TEST_CASE("records behind a very long key cost no copy of it each") {
  std::string text = "{\"" + std::string(1000000, 'k') + "\":[{\"x\":\"t\"}";
  for (int i = 1; i < 2000; ++i) text += R"(,{"x":"t"})";
  const Dump dump = dump_of(text + "],\"attention\":[[1]]}");
  CHECK(dump.fields.size() > 800);
  for (const auto& field : dump.fields) CHECK(field.name.size() < 1100);
}

TEST_CASE("a name of very long keys is refused, with its beginning") {
  std::string text, end;
  for (int i = 0; i < 5; ++i) {
    text += "{\"" + std::string(1000, 'k') + "\":";
    end += "}";
  }
  try {
    dump_of(text + "[[1]]" + end);
    FAIL("was read");
  } catch (const LimitError& error) {
    CHECK(std::string(error.what()).starts_with("a: kkkk"));
    CHECK(
        std::string(error.what()).ends_with("the name of what it holds is longer than 4096 bytes"));
    CHECK(error.hint() == "give the objects around it shorter keys");
  }
}
