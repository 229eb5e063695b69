#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <bit>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/error.hpp"
#include "formats/json/json_events.hpp"

using namespace attngraph;

namespace {

/// Builds the value that the events tell of, for comparison with another parser.
class Builder : public JsonEvents {
 public:
  void begin_list() override { open(nlohmann::json::array()); }
  void end_list() override { close(); }
  void begin_object() override { open(nlohmann::json::object()); }
  void key(std::string name) override { keys_.push_back(std::move(name)); }
  void end_object() override { close(); }
  void number(double number) override { put(number); }
  void text(std::string text) override { put(std::move(text)); }
  void word(std::string_view word) override { put(nlohmann::json::parse(word)); }

  nlohmann::json value;

 private:
  std::vector<nlohmann::json> open_;
  std::vector<std::string> keys_;

  void open(nlohmann::json container) { open_.push_back(std::move(container)); }
  void close() {
    nlohmann::json done = std::move(open_.back());
    open_.pop_back();
    put(std::move(done));
  }
  void put(nlohmann::json item) {
    if (open_.empty()) {
      value = std::move(item);
    } else if (open_.back().is_array()) {
      open_.back().push_back(std::move(item));
    } else {
      open_.back()[keys_.back()] = std::move(item);
      keys_.pop_back();
    }
  }
};

std::optional<nlohmann::json> read(const std::string& text) {
  Builder builder;
  try {
    send_json(text, "a", builder);
  } catch (const InputError& error) {
    if (error.problem().find("occurs twice") != std::string::npos) RC_DISCARD("repeated key");
    return std::nullopt;
  }
  return builder.value;
}

std::optional<nlohmann::json> read_by_another(const std::string& text) {
  try {
    return nlohmann::json::parse(text);
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

std::string problem(const std::string& text) {
  Builder builder;
  try {
    send_json(text, "a", builder);
  } catch (const InputError& error) {
    return error.what();
  }
  return "none";
}

}  // namespace

TEST_CASE("any text is read or refused as another parser reads or refuses it") {
  const auto piece = rc::gen::elementOf(std::vector<std::string>{"[",
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
                                                                 "\"\\/\\b\""});
  CHECK(rc::check("pieces of JSON in any order", [&] {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(piece);
    std::string text;
    for (const auto& each : pieces) text += each;
    RC_ASSERT(read(text) == read_by_another(text));
  }));
  CHECK(rc::check("a list of pieces", [&] {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(piece);
    std::string text = "[0";
    for (const auto& each : pieces) text += "," + each;
    text += "]";
    RC_ASSERT(read(text) == read_by_another(text));
  }));
  CHECK(rc::check("a string of pieces", [&] {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(piece);
    std::string text = "\"";
    for (const auto& each : pieces) text += each == "\"" ? "" : each;
    text += "\"";
    RC_ASSERT(read(text) == read_by_another(text));
  }));
}

TEST_CASE("numbers that another parser rounds differently would show") {
  CHECK(rc::check("any float64 in any notation", [] {
    const auto bits = *rc::gen::arbitrary<std::uint64_t>();
    const double number = std::bit_cast<double>(bits);
    RC_PRE(std::isfinite(number));
    const int precision = *rc::gen::inRange(1, 25);
    char text[64];
    std::snprintf(text, sizeof text, "%.*e", precision, number);
    RC_ASSERT(read(text) == read_by_another(text));
  }));
}

TEST_CASE("an error says what stands there and what was expected") {
  CHECK(problem("[1 2]") == "a: line 1, column 4: found '2', expected ',' or ']'");
  CHECK(problem("{\"a\" 1}") == "a: line 1, column 6: found '1', expected ':'");
  CHECK(problem("{1: 2}") == "a: line 1, column 2: found '1', expected a key in quotes");
  CHECK(problem("[\n\n  .5]") == "a: line 3, column 3: found '.5', expected a value");
  CHECK(problem("[1.]") == "a: line 1, column 2: found '1.', expected a number");
  CHECK(problem("[01]") == "a: line 1, column 2: found '01', expected a number");
  CHECK(problem("[1x]") == "a: line 1, column 2: found '1x', expected a number");
  CHECK(problem("[nulls]") == "a: line 1, column 2: found 'nulls', expected a value");
  CHECK(problem("[1] 2") == "a: line 1, column 5: found '2', expected nothing more");
  CHECK(problem("[\"a\nb\"]") == "a: line 1, column 4: a string with a control character");
  CHECK(problem("[\"\\x\"]") == "a: line 1, column 3: a string with a wrong escape");
  for (const char* cut : {"", "[", "[1", "[1,", "[tr", "[-", "[1.", "[1e", "[\"a", "[\"\\",
                          "[\"\\u00", "{", "{\"a\"", "{\"a\":"}) {
    CAPTURE(std::string(cut));
    CHECK(problem(cut).ends_with("the text ends too early, inside a value"));
  }
}

TEST_CASE("nesting goes 64 deep and no deeper") {
  CHECK(problem(std::string(64, '[') + std::string(64, ']')) == "none");
  CHECK(problem(std::string(65, '[')) == "a: lists and objects are nested deeper than 64");
  CHECK(problem(std::string(1000000, '[')).ends_with("deeper than 64"));
}
