#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <bit>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/error.hpp"
#include "formats/json/json_text.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::dump_of;

namespace {

/// A JSON text in which `text` stands where nothing is asked for.
std::string beside(const std::string& text) { return R"({"a":[[1]],"beside":)" + text + "}"; }

/// Whether the reader of arrays takes the text.
bool is_read(const std::string& text) {
  try {
    dump_of(text);
  } catch (const InputError& error) {
    if (error.problem().find("occurs twice") != std::string::npos) RC_DISCARD("repeated key");
    return false;
  }
  return true;
}

/// Whether the reader of texts takes it.
bool is_text(const std::string& text) {
  try {
    json_text(text, "a", {});
  } catch (const InputError&) {
    return false;
  }
  return true;
}

bool is_read_by_another(const std::string& text) { return nlohmann::json::accept(text); }

std::string problem(const std::string& text) {
  try {
    dump_of(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "none";
}

/// Pieces of JSON, whole and broken.
const std::vector<std::string> pieces{"[",
                                      "]",
                                      "{",
                                      "}",
                                      ",",
                                      ":",
                                      "\"",
                                      "\"a\"",
                                      "\"b\":",
                                      "1",
                                      "0",
                                      "-",
                                      ".5",
                                      "1.5",
                                      "e3",
                                      "E-400",
                                      "e400",
                                      "1e308",
                                      "1e-330",
                                      "true",
                                      "false",
                                      "null",
                                      "nul",
                                      " ",
                                      "\n",
                                      "\t",
                                      "\\",
                                      "\\n",
                                      "\\u00",
                                      "\\u0041",
                                      "\\ud83d",
                                      "\\ude00",
                                      "\xc3\xa4",
                                      "\xc3",
                                      "\x01",
                                      "NaN",
                                      "18446744073709551616",
                                      "[[1,2],[3,4]]",
                                      "{\"k\":[1]}",
                                      "\xef\xbb\xbf",
                                      "/**/",
                                      "\"\\/\\b\""};

// The kinds of case that the public JSON parsing test suite has: what every parser must take …
const std::vector<std::string> must_be_taken{
    "[]",
    "{}",
    "[[]   ]",
    "[\"\"]",
    "[\"a\"]",
    "[false]",
    "[null, 1, \"1\", {}]",
    "[null]",
    "[1\n]",
    " [1]",
    "[1,null,null,null,2]",
    "[2] ",
    "[123e65]",
    "[0e+1]",
    "[0e1]",
    "[ 4]",
    "[-0.000000000000000000000000000000000000000000000000000000000000000000000000000000001]\n",
    "[20e1]",
    "[-0]",
    "[-123]",
    "[-1]",
    "[-0.0]",
    "[1E22]",
    "[1E-2]",
    "[1E+2]",
    "[123e45]",
    "[123.456e78]",
    "[1e-2]",
    "[1e+2]",
    "[123]",
    "[123.456789]",
    "[1e-400]",
    "{\"asd\":\"sdf\", \"dfg\":\"fgh\"}",
    "{\"asd\":\"sdf\"}",
    "{\"\":0}",
    "{\"foo\\u0000bar\": 42}",
    "{\"min\": -1.0e+28, \"max\": 1.0e+28}",
    "{\"a\":[]}",
    "{\n\"a\": \"b\"\n}",
    "{\"title\":\"\\u041f\\u043e\"}",
    "[\"\\u0060\\u012a\\u12AB\"]",
    "[\"\\uD801\\udc37\"]",
    "[\"\\ud83d\\ude39\\ud83d\\udc8d\"]",
    "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]",
    "[\"\\\\u0000\"]",
    "[\"\\\"\"]",
    "[\"a/*b*/c/*d//e\"]",
    "[\"\\\\a\"]",
    "[\"\\\\n\"]",
    "[\"\\u0012\"]",
    "[\"\\uFFFF\"]",
    "[\"asd\"]",
    "[ \"asd\"]",
    "[\"\\uDBFF\\uDFFF\"]",
    "[\"new\\u00A0line\"]",
    "[\"\xf4\x8f\xbf\xbf\"]",
    "[\"\xef\xbf\xbf\"]",
    "[\"\\u0000\"]",
    "[\"\\u002c\"]",
    "[\"\xcf\x80\"]",
    "[\"\xf0\x9b\xbf\xbf\"]",
    "[\"asd \"]",
    "\" \"",
    "[\"\\uD834\\uDd1e\"]",
    "[\"\\u0821\"]",
    "[\"\\u0123\"]",
    "[\"\xe2\x80\xa8\"]",
    "[\"\xe2\x80\xa9\"]",
    "[\"\\u0061\\u30af\\u30EA\\u30b9\"]",
    "[\"new\\u000Aline\"]",
    "[\"\x7f\"]",
    "[\"\\uA66D\"]",
    "[\"\\u005C\"]",
    "[\"\xe2\x8d\x82\xe3\x88\xb4\"]",
    "[\"\\uDBFF\\uDFFE\"]",
    "[\"\\uD83F\\uDFFE\"]",
    "[\"\\u200B\"]",
    "[\"\\u2064\"]",
    "[\"\\uFDD0\"]",
    "[\"\\uFFFE\"]",
    "[\"\\u0022\"]",
    "[\"\xe2\x82\xac\xf0\x9d\x84\x9e\"]",
    "[\"aa\"]",
    "false",
    "42",
    "-0.1",
    "null",
    "\"asd\"",
    "true",
    "\"\"",
    "[\"a\"]\n",
    "[true]",
    " [] "};

// … and what every parser must refuse.
const std::vector<std::string> must_be_refused{"[1 true]",
                                               "[a\xe5]",
                                               "[\"\": 1]",
                                               "[\"\"],",
                                               "[,1]",
                                               "[1,,2]",
                                               "[\"x\",,]",
                                               "[\"x\"]]",
                                               "[\"\",]",
                                               "[\"x\"",
                                               "[x",
                                               "[3[4]]",
                                               "[\xff]",
                                               "[1:2]",
                                               "[,]",
                                               "[-]",
                                               "[   , \"\"]",
                                               "[\"a\",\n4\n,1,",
                                               "[1,]",
                                               "[1,\n1\n,1",
                                               "[\"\x0b"
                                               "a\"\\f]",
                                               "[*]",
                                               "[\"\"",
                                               "[1,",
                                               "[{}",
                                               "[fals]",
                                               "[nul]",
                                               "[tru]",
                                               "[++1234]",
                                               "[+1]",
                                               "[+Inf]",
                                               "[-01]",
                                               "[-1.0.]",
                                               "[-2.]",
                                               "[-NaN]",
                                               "[.-1]",
                                               "[.2e-3]",
                                               "[0.1.2]",
                                               "[0.3e+]",
                                               "[0.3e]",
                                               "[0.e1]",
                                               "[0E+]",
                                               "[0E]",
                                               "[0e+]",
                                               "[0e]",
                                               "[1.0e+]",
                                               "[1.0e-]",
                                               "[1.0e]",
                                               "[1 000.0]",
                                               "[1eE2]",
                                               "[2.e+3]",
                                               "[2.e-3]",
                                               "[2.e3]",
                                               "[9.e+]",
                                               "[Inf]",
                                               "[NaN]",
                                               "[\xef\xbc\x91]",
                                               "[1+2]",
                                               "[0x1]",
                                               "[0x42]",
                                               "[Infinity]",
                                               "[0e+-1]",
                                               "[-123.123foo]",
                                               "[123\xe5]",
                                               "[1e1\xe5]",
                                               "[0\xe5]",
                                               "[-Infinity]",
                                               "[-foo]",
                                               "[- 1]",
                                               "[-012]",
                                               "[-.123]",
                                               "[-1x]",
                                               "[1ea]",
                                               "[1e\xe5]",
                                               "[1.]",
                                               "[.123]",
                                               "[1.2a-3]",
                                               "[1.8011670033376514H-308]",
                                               "[012]",
                                               "[\"x\", truth]",
                                               "{[: \"x\"}\n",
                                               "{\"x\", null}",
                                               "{\"x\"::\"b\"}",
                                               "{\xf0\x9f\x87\xa8\xf0\x9f\x87\xad}",
                                               "{\"a\":\"a\" 123}",
                                               "{key: 'value'}",
                                               "{\"\xb9\":\"0\",}",
                                               "{\"a\" b}",
                                               "{:\"b\"}",
                                               "{\"a\" \"b\"}",
                                               "{\"a\":",
                                               "{\"a\"",
                                               "{1:1}",
                                               "{9999E9999:1}",
                                               "{null:null,null:null}",
                                               "{\"id\":0,,,,,}",
                                               "{'a':0}",
                                               "{\"id\":0,}",
                                               "{\"a\":\"b\"}/**/",
                                               "{\"a\":\"b\"}/**//",
                                               "{\"a\":\"b\"}//",
                                               "{\"a\":\"b\"}/",
                                               "{\"a\":\"b\",,\"c\":\"d\"}",
                                               "{a: \"b\"}",
                                               "{\"a\":\"a",
                                               "{ \"foo\" : \"bar\", \"a\" }",
                                               "{\"a\":\"b\"}#",
                                               " ",
                                               "[\"\\uD800\\\"]",
                                               "[\"\\uD800\\u\"]",
                                               "[\"\\uD800\\u1\"]",
                                               "[\"\\uD800\\u1x\"]",
                                               "[\xc3\xa9]",
                                               "[\"\\x00\"]",
                                               "[\"\\\\\\\"]",
                                               "[\"\\\t\"]",
                                               "[\"\\\xf0\x9f\x8c\x80\"]",
                                               "[\"\\\"]",
                                               "[\"\\u00A\"]",
                                               "[\"\\uD834\\uDd\"]",
                                               "[\"\\uD800\\uD800\\x\"]",
                                               "[\"\\u\xe5\"]",
                                               "[\"\\a\"]",
                                               "[\"\\uqqqq\"]",
                                               "[\"\\\xe5\"]",
                                               "[\\u0020\"asd\"]",
                                               "[\\n]",
                                               "\"",
                                               "['single quote']",
                                               "abc",
                                               "[\"\\",
                                               "[\"a\x01"
                                               "a\"]",
                                               "[\"new\nline\"]",
                                               "[\"\t\"]",
                                               "\"\\UA66D\"",
                                               "\"\"x",
                                               "<.>",
                                               "[<null>]",
                                               "[1]x",
                                               "[1]]",
                                               "[\"asd]",
                                               "a\xc3\xa5",
                                               "[True]",
                                               "1]",
                                               "{\"x\": true,",
                                               "[][]",
                                               "]",
                                               "\xef\xbb{}",
                                               "\xe5",
                                               "[",
                                               "2@",
                                               "{}}",
                                               "{\"\":",
                                               "{\"a\":/*comment*/\"b\"}",
                                               "{\"a\": true} \"x\"",
                                               "['",
                                               "[,",
                                               "[{",
                                               "[\"a",
                                               "[\"a\"",
                                               "{",
                                               "{]",
                                               "{,",
                                               "{[",
                                               "{\"a",
                                               "{'a'",
                                               "*",
                                               "{\"a\":\"b\"}#{}",
                                               "[\\u000A\"\"]",
                                               "[1",
                                               "[ false, nul",
                                               "[ true, fals",
                                               "[ false, tru",
                                               "{\"asd\":\"asd\"",
                                               "\xc3\xa5",
                                               "\xe2\x81\xa0[]",
                                               "[\x0c]",
                                               "[\"\\uD800\"]",
                                               "[\"\\uDC00\"]",
                                               "[\"\\uDADA\"]",
                                               "[\"\\uD888\\u1234\"]",
                                               "[\"\\uD800\\n\"]",
                                               "[\"\\uDd1ea\"]",
                                               "[\"\\ud800abc\"]",
                                               "[\"\\uDd1e\\uD834\"]",
                                               "[\"\xe6\x97\xa5\xd1\x88\xfa\"]",
                                               "[\"\xed\xa0\x80\"]",
                                               "[\"\xff\"]",
                                               "[\"\xf4\xbf\xbf\xbf\"]",
                                               "[\"\x81\"]",
                                               "[\"\xc0\xaf\"]",
                                               "[\"\xfc\x83\xbf\xbf\xbf\xbf\"]",
                                               "[\"\xe0\xff\"]",
                                               "[1e400]",
                                               "[-1e+9999]",
                                               "[1]\x01",
                                               std::string("[1]\0", 4),
                                               std::string("[\0]", 3)};

}  // namespace

TEST_CASE("what JSON allows is taken, wherever it stands") {
  for (const auto& text : must_be_taken) {
    CAPTURE(text);
    CHECK(problem(beside(text)) == "none");
    CHECK(is_text(text));
  }
}

TEST_CASE("the first error is named with its place, also before a NUL") {
  CHECK_THROWS_WITH_AS(json_text("]]", "a", {}), "a: line 1, column 1: found ']', expected a value",
                       InputError);
  CHECK_THROWS_WITH_AS(json_text(std::string_view("[1,,2]\0", 7), "a", {}),
                       "a: line 1, column 4: found ',', expected a value", InputError);
}

TEST_CASE("what JSON forbids is refused, wherever it stands") {
  for (const auto& text : must_be_refused) {
    CAPTURE(text);
    CHECK(problem(beside(text)) != "none");
    CHECK_THROWS_AS(dump_of("[[1]," + text + "]"), InputError);
    CHECK_FALSE(is_text(text));
    CHECK(problem(beside(text)).find("is no JSON") == std::string::npos);  // its place is known
  }
}

TEST_CASE("any text is read or refused as another parser reads or refuses it") {
  const auto piece = rc::gen::elementOf(pieces);
  CHECK(rc::check("pieces of JSON beside an array", [&] {
    std::string text;
    for (const auto& each : *rc::gen::container<std::vector<std::string>>(piece)) text += each;
    RC_ASSERT(is_read(beside(text)) == is_read_by_another(beside(text)));
  }));
  CHECK(rc::check("a list of pieces", [&] {
    std::string text = "[0";
    for (const auto& each : *rc::gen::container<std::vector<std::string>>(piece)) {
      text += "," + each;
    }
    RC_ASSERT(is_read(beside(text + "]")) == is_read_by_another(beside(text + "]")));
  }));
  CHECK(rc::check("a string of pieces", [&] {
    std::string text = "\"";
    for (const auto& each : *rc::gen::container<std::vector<std::string>>(piece)) {
      text += each == "\"" ? "" : each;
    }
    RC_ASSERT(is_read(beside(text + "\"")) == is_read_by_another(beside(text + "\"")));
  }));
}

TEST_CASE("numbers that another parser rounds differently would show") {
  CHECK(rc::check("any float64 in any notation", [] {
    const double number = std::bit_cast<double>(*rc::gen::arbitrary<std::uint64_t>());
    RC_PRE(std::isfinite(number));
    const int precision = *rc::gen::inRange(1, 25);
    char text[64];
    std::snprintf(text, sizeof text, "[%.*e]", precision, number);
    RC_PRE(is_read_by_another(text));  // rounded up beyond the largest
    RC_ASSERT(dump_of(text).tensors[0].tensor.to_doubles()[0] ==
              nlohmann::json::parse(text)[0].get<double>());
  }));
}

TEST_CASE("an error says what stands there and what was expected") {
  CHECK(problem("[1 2]") == "a: line 1, column 4: found '2', expected ',' or ']'");
  CHECK(problem("[1 \"b\\\"\"]") == "a: line 1, column 4: found '\"', expected ',' or ']'");
  CHECK(problem("{\"a\" 1}") == "a: line 1, column 6: found '1', expected ':'");
  CHECK(problem("{\"a\":1 \"b\"}") == "a: line 1, column 8: found '\"', expected ',' or '}'");
  CHECK(problem("{1: 2}") == "a: line 1, column 2: found '1', expected a key in quotes");
  CHECK(problem("[\n\n  .5]") == "a: line 3, column 3: found '.5', expected a value");
  CHECK(problem("[1.]") == "a: line 1, column 2: found '1.', expected a number");
  CHECK(problem("[01]") == "a: line 1, column 2: found '01', expected a number");
  CHECK(problem("[1x]") == "a: line 1, column 2: found '1x', expected a number");
  CHECK(problem("[-Infinity]") == "a: line 1, column 2: found '-Infinity', expected a number");
  CHECK(problem("[nulls]") == "a: line 1, column 2: found 'nulls', expected a value");
  CHECK(problem("[1] 2") == "a: line 1, column 5: found '2', expected nothing more");
  CHECK(problem("[\"a\nb\"]") == "a: line 1, column 4: a string with a control character");
  CHECK(problem("[\"\\x\"]") == "a: line 1, column 3: a string with a wrong escape");
  CHECK(problem("[\"\\udc00\"]").find("half a surrogate pair") != std::string::npos);
  CHECK(problem("[1, 1e400]") ==
        "a: line 1, column 5: the number '1e400' is larger than a float64 can be");
  CHECK(problem("{\"a\":1, \"\xc3\"}") ==
        "a: line 1, column 10: a string with a byte that is not UTF-8");
  for (const char* cut : {"[", "[1", "[1,", "[tr", "[-", "[1.", "[1e", "[\"a", "[\"\\", "[\"\\u00",
                          "{", "{\"a\"", "{\"a\":"}) {
    CAPTURE(std::string(cut));
    CHECK(problem(cut).ends_with("the text ends too early, inside a value"));
  }
}

TEST_CASE("nesting goes 64 deep and no deeper") {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  CHECK(problem(beside(nested(63))) == "none");
  CHECK(problem(beside(nested(64))) == "a: lists and objects are nested deeper than 64");
  CHECK(problem(beside(nested(1000000))).ends_with("deeper than 64"));
  CHECK(is_text(nested(64)));
  CHECK_FALSE(is_text(nested(65)));
  CHECK_FALSE(is_text(nested(1000000)));
}

TEST_CASE("a key that occurs twice is refused at any depth") {
  CHECK(problem(beside(R"({"b":[{"c":1,"c":2}]})")) == "a: the key 'c' occurs twice in an object");
  CHECK(problem(R"({"a":[[1]],"\u0061":1})") == "a: the key 'a' occurs twice in an object");
  CHECK_FALSE(is_text(R"([{"c":1,"d":{"c":2},"c":3}])"));
  CHECK(is_text(R"([{"c":1,"d":{"c":2}},{"c":3}])"));
}
