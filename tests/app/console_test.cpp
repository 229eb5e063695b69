#include "output/console.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>
#include <optional>
#include <regex>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "output/several/notes_of_inputs.hpp"

using namespace attngraph;

namespace {

std::string noted(const std::string& text, std::optional<std::size_t> columns) {
  std::ostringstream err;
  Console(err, columns).note(text);
  return err.str();
}

/// What is said of inputs, each with its notes.
std::string said_of(const std::vector<std::pair<std::string, std::vector<std::string>>>& inputs) {
  std::ostringstream err;
  Console console(err, std::nullopt);
  NotesOfInputs notes(console);
  for (const auto& [name, texts] : inputs) {
    notes.begin_input(name);
    for (const auto& text : texts) notes.note(text);
  }
  CHECK(err.str().empty());
  notes.say();
  return err.str();
}

/// What is shown of a hundred of three hundred pieces of work that have taken over a second.
std::string shown(std::optional<std::size_t> columns, bool quiet = false) {
  std::ostringstream err;
  Console console(err, columns);
  if (quiet) console.be_quiet();
  console.progress(0, 300);
  console.progress(1, 300);  // too early to say anything
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  console.progress(100, 300);
  console.progress(300, 300);
  return err.str();
}

}  // namespace

TEST_CASE("a note is one line in a file, and broken between words in a terminal") {
  const std::string text = "read as [query, key]: 8 tokens, see $axes";
  CHECK(noted(text, std::nullopt) == "note: read as [query, key]: 8 tokens, see --axes\n");
  CHECK(noted(text, 30) ==
        "note: read as [query, key]: 8\n"
        "      tokens, see --axes\n");
  CHECK(noted(text, 20) == "note: read as [query, key]: 8 tokens, see --axes\n");
}

TEST_CASE("a path that is longer than a line stays whole, so that it can be copied") {
  CHECK(noted("runs/2024-01-01/attention-of-all-layers.npy has no tokens", 30) ==
        "note: runs/2024-01-01/attention-of-all-layers.npy\n"
        "      has no tokens\n");
}

TEST_CASE("of a text longer than anybody reads the middle is left out, between characters") {
  const std::string shown =
      noted(std::string(5000, 'a') + "ä" + std::string(5000, 'z'), std::nullopt);
  CHECK(shown == "note: " + std::string(2048, 'a') + " … " + std::string(1024, 'z') + "\n");
  std::string umlauts;
  for (int i = 0; i < 3000; ++i) umlauts += i == 0 ? "a" : "ä";
  const std::string halves = noted(umlauts, std::nullopt);
  CHECK(halves.starts_with("note: aää"));
  CHECK(halves.find("\\x") == std::string::npos);  // no half of a character
  CHECK(halves.size() < 3100);
}

TEST_CASE("errors and hints are broken as notes are") {
  std::ostringstream err;
  Console(err, 40).error(
      {3, "a.npy: holds no attention, but a batch of 2", "choose one: $batch 0"});
  CHECK(err.str() ==
        "attngraph: a.npy: holds no attention,\n"
        "           but a batch of 2\n"
        "hint: choose one: --batch 0\n");
}

TEST_CASE("what is true of all inputs is said once, of some with their names") {
  CHECK(said_of({{"a", {"causal", "8 tokens"}}, {"b", {"causal", "9 tokens"}}}) ==
        "note: causal\nnote: a: 8 tokens\nnote: b: 9 tokens\n");
  CHECK(said_of({{"a", {"x"}}, {"b", {"x"}}, {"c", {}}}) == "note: a, b: x\n");
  CHECK(
      said_of({{"a", {"x"}}, {"b", {"x"}}, {"c", {"x"}}, {"d", {"x"}}, {"e", {"x"}}, {"f", {}}}) ==
      "note: a, b, c and 2 more: x\n");
}

TEST_CASE("a note that is heard twice of an input is said of it once, and a name not doubled") {
  CHECK(said_of({{"a", {"x", "x"}}, {"b", {"b: y"}}}) == "note: a: x\nnote: b: y\n");
}

TEST_CASE("work of over a second says in a terminal what is done, how fast, and what is left") {
  const std::string text = shown(80);
  std::smatch found;
  const std::regex line("\r\x1b\\[K100 of 300, ([0-9.]+)/s, ([0-9]+) s left\r\x1b\\[K");
  REQUIRE(std::regex_match(text, found, line));
  const double rate = std::atof(found[1].str().c_str()), left = std::atof(found[2].str().c_str());
  CHECK(rate < 100);
  CHECK(left == doctest::Approx(200 / rate).epsilon(0.3));
}

TEST_CASE("what is left is told in minutes, and in hours") {
  const auto left = [](std::size_t total) {
    std::ostringstream err;
    Console console(err, 80);
    console.progress(0, total);
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));
    console.progress(1, total);
    return err.str();
  };
  CHECK(std::regex_search(left(100), std::regex(", [1-9]:[0-5][0-9] left")));
  CHECK(std::regex_search(left(10'000), std::regex(", [3-9]:[0-5][0-9]:[0-5][0-9] left")));
}

TEST_CASE("nobody is told of progress who does not look, or asked for quiet") {
  CHECK(shown(std::nullopt).empty());
  CHECK(shown(80, true).empty());
}
